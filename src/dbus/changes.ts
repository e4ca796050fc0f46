// SPDX-License-Identifier: GPL-2.0-or-later
// Notices which properties have changed and tells the bus.
import type { Bound, Typed } from './exports.js';
import type { Service } from './service.js';

export class Changes {
  readonly #service: Service;
  readonly #path: string;
  readonly #bound: Bound;
  #last: Readonly<Record<string, Typed>>;

  constructor(service: Service, path: string, bound: Bound) {
    this.#service = service;
    this.#path = path;
    this.#bound = bound;
    this.#last = this.#values();
  }

  /** Compares with the time before and sends PropertiesChanged if something is different. */
  check(): void {
    const now = this.#values();
    const changed = Object.entries(now).filter(
      ([name, { value }]) => value !== this.#last[name]?.value,
    );
    if (changed.length === 0) return;
    this.#last = now;
    this.#service.signal(this.#path, 'org.freedesktop.DBus.Properties', 'PropertiesChanged', {
      signature: 'sa{sv}as',
      body: [this.#bound.description.name, Object.fromEntries(changed), []],
    });
  }

  #values(): Record<string, Typed> {
    const { properties } = this.#bound.description;
    return Object.fromEntries(
      Object.entries(this.#service.exports.valuesOf(this.#bound)).filter(
        ([name]) => properties.get(name)!.signalled,
      ),
    );
  }
}
