// SPDX-License-Identifier: GPL-2.0-or-later
// A name on the system bus with objects behind it. The bus comes and goes; nobody who serves SCSI notices.
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Message, MessageBus } from 'dbus-next';
import { type Answer, BusError, type BusObject, Exports, type Typed } from './exports.js';

type Library = typeof import('dbus-next')['default'];

export interface ServiceOptions {
  /** Well-known name, as `org.mhvtl.Drive11`. */
  readonly name: string;
  readonly path: string;
  readonly root: BusObject;
  readonly log: (message: string) => void;
  /** Address of the bus; that of the system bus if left out. */
  readonly address?: string;
}

/** Where the system bus is (D-Bus Specification, Well-known Message Bus Instances). */
export const systemBusAddress = (): string =>
  process.env['DBUS_SYSTEM_BUS_ADDRESS'] ?? 'unix:path=/run/dbus/system_bus_socket';

/** RequestName: be told at once when somebody else has the name. */
const DO_NOT_QUEUE = 4;
const PRIMARY_OWNER = 1;
const NO_REPLY_EXPECTED = 1;

/** Pauses between attempts to reach a bus whose socket is there, in milliseconds. Then it has to be made anew. */
const pauses = [100, 500, 1_000, 5_000, 15_000, 60_000];

/** Makes variants of typed values, however deep they are. */
export function withVariants(library: Library, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => withVariants(library, each));
  if (typeof value !== 'object' || value === null) return value;
  if (isTyped(value)) return new library.Variant(value.type, withVariants(library, value.value));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withVariants(library, each)]),
  );
}

const isTyped = (value: object): value is Typed => 'type' in value && 'value' in value;

export class Service {
  readonly #options: ServiceOptions;
  readonly exports: Exports;
  #library: Library | undefined;
  #bus: MessageBus | undefined;
  #attempt = 0;
  #retry: NodeJS.Timeout | undefined;
  #watcher: FSWatcher | undefined;
  #closed = false;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.exports = new Exports(options.path, options.root);
  }

  /** Goes to the bus, now or when there is one. Never throws. */
  start(): void {
    this.#watch();
    if (this.#socketExists()) void this.#connect();
  }

  get connected(): boolean {
    return this.#bus !== undefined;
  }

  /** Tells whoever listens. Without a bus nobody does. */
  signal(path: string, iface: string, name: string, { signature, body }: Answer): void {
    if (!this.#bus || !this.#library) return;
    const values = body.map((value) => withVariants(this.#library!, value));
    this.#send(this.#library.Message.newSignal(path, iface, name, signature, values));
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#watcher?.close();
    this.#bus?.disconnect();
    this.#bus = undefined;
  }

  get #address(): string {
    return this.#options.address ?? systemBusAddress();
  }

  get #socket(): string | undefined {
    return /unix:path=([^,;]+)/.exec(this.#address)?.[1];
  }

  #socketExists(): boolean {
    return this.#socket === undefined || existsSync(this.#socket);
  }

  /** A bus that starts makes its socket anew: no need to look for it again and again. */
  #watch(): void {
    if (this.#socket === undefined) return;
    const folder = dirname(this.#socket);
    if (!existsSync(folder)) return;
    try {
      this.#watcher = watch(folder, { persistent: false }, () => {
        if (this.#bus || this.#retry || this.#closed || !this.#socketExists()) return;
        this.#attempt = 0;
        this.#again();
      });
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch (error) {
      this.#options.log(`no watch of ${folder}: ${String(error)}`);
    }
  }

  #again(): void {
    const pause = pauses[this.#attempt++];
    if (this.#closed || this.#retry || pause === undefined || !this.#socketExists()) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.#connect();
    }, pause);
    this.#retry.unref();
  }

  async #connect(): Promise<void> {
    if (this.#closed || this.#bus) return;
    try {
      this.#library ??= (await import('dbus-next')).default;
      const bus = this.#library.sessionBus({
        busAddress: this.#address,
        authMethods: ['EXTERNAL'],
      });
      this.#bus = bus;
      const lost = (why: string): void => this.#lost(bus, why);
      bus.on('error', (error: Error) => lost(error.message));
      bus._connection.on('end', () => lost('the bus has gone'));
      bus._connection.stream.on('close', () => lost('the bus has gone'));
      bus.addMethodHandler((message) => this.#dispatch(message));
      const { name } = this.#options;
      if ((await bus.requestName(name, DO_NOT_QUEUE)) === PRIMARY_OWNER) this.#attempt = 0;
      else this.#options.log(`another program has the name ${name} on the bus`);
    } catch (error) {
      this.#lost(this.#bus, error instanceof Error ? error.message : String(error));
    }
  }

  /** Once for each connection, whichever of its ends is noticed first. */
  #lost(bus: MessageBus | undefined, why: string): void {
    if (bus !== this.#bus || this.#closed) return;
    this.#bus = undefined;
    this.#options.log(`not on the system bus: ${why}`);
    try {
      bus?.disconnect();
    } catch {
      // It is gone already.
    }
    this.#again();
  }

  /** All calls come here: dbus-next never sees one. */
  #dispatch(message: Message): boolean {
    const { Message: Messages } = this.#library!;
    const reply = (make: () => Message): void => {
      if ((message.flags & NO_REPLY_EXPECTED) === 0) this.#send(make());
    };
    this.exports
      .call({
        path: message.path,
        interface: message.interface || undefined,
        member: message.member,
        signature: message.signature ?? '',
        body: message.body ?? [],
      })
      .then(
        ({ signature, body }) =>
          reply(() =>
            Messages.newMethodReturn(
              message,
              signature,
              body.map((value) => withVariants(this.#library!, value)),
            ),
          ),
        (error: unknown) => reply(() => Messages.newError(message, ...this.#errorOf(error))),
      );
    return true;
  }

  /** Bugs are told to the log; the caller does not get to see the inside of the program. */
  #errorOf(error: unknown): [name: string, text: string] {
    if (error instanceof BusError) return [error.type, error.message];
    this.#options.log(`bug: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    return ['org.freedesktop.DBus.Error.Failed', 'internal error, see the log of the daemon'];
  }

  #send(message: Message): void {
    try {
      this.#bus?.send(message);
    } catch (error) {
      this.#lost(this.#bus, String(error));
    }
  }
}
