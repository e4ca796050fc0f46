// SPDX-License-Identifier: GPL-2.0-or-later
// What a device needs of the world outside: the time, and a place for what it remembers without power.

/** The time, from wherever the device runs. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. May jump when somebody sets the clock. */
  now(): number;
  /** Milliseconds since some moment before the device was made. Never jumps. */
  elapsed(): number;
}

/** What a real device keeps in its nonvolatile memory: saved mode pages, persistent reservations, statistics. */
export interface DeviceState {
  /** The bytes last saved under a name; undefined when there are none. */
  load(name: string): Uint8Array | undefined;
  /**
   * Replaces the bytes of a name, all or nothing; on stable storage when it returns.
   * @param name letters, digits and dashes
   */
  save(name: string, bytes: Uint8Array): void;
}

export interface Environment {
  readonly clock: Clock;
  readonly state: DeviceState;
}

/** A memory that is lost with the process. */
export class VolatileState implements DeviceState {
  readonly #saved = new Map<string, Uint8Array>();

  load(name: string): Uint8Array | undefined {
    return this.#saved.get(name)?.slice();
  }

  save(name: string, bytes: Uint8Array): void {
    this.#saved.set(name, bytes.slice());
  }
}
