// SPDX-License-Identifier: GPL-2.0-or-later
// A name on the system bus with objects behind it. The bus comes and goes; nobody who serves SCSI notices.
import type { Message, MessageBus } from 'dbus-next';
import { mayBeThere, socketOf, systemBusAddress } from './address.js';
import { type Answer, BusError, type BusObject, Exports, type Typed } from './exports.js';
import { PathWatch } from './path-watch.js';

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

/** RequestName: somebody else has the name, which comes to us when that program lets it go. */
const IN_QUEUE = 2;
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
  #watch: PathWatch | undefined;
  #closed = false;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.exports = new Exports(options.path, options.root);
  }

  /** Goes to the bus, now or when there is one. Never throws. */
  start(): void {
    const socket = socketOf(this.#address);
    if (socket !== undefined)
      this.#watch = new PathWatch(socket, () => this.#socketMoved(), this.#options.log);
    if (mayBeThere(this.#address)) void this.#connect();
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
    this.#watch?.close();
    this.#bus?.disconnect();
    this.#bus = undefined;
  }

  get #address(): string {
    return this.#options.address ?? systemBusAddress();
  }

  /** A bus that starts makes its socket anew: no need to look for it again and again. */
  #socketMoved(): void {
    if (this.#bus || this.#closed) return;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#attempt = 0;
    this.#again();
  }

  #again(): void {
    const pause = pauses[this.#attempt++];
    if (this.#closed || this.#retry || pause === undefined || !mayBeThere(this.#address)) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.#connect();
    }, pause);
    this.#retry.unref();
  }

  async #connect(): Promise<void> {
    try {
      this.#library ??= (await import('dbus-next')).default;
      // Loading takes a while: it may have been called again meanwhile, or be over.
      if (this.#closed || this.#bus) return;
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
      if ((await bus.requestName(name, 0)) === IN_QUEUE)
        this.#options.log(`another program still has the name ${name} on the bus`);
      this.#attempt = 0;
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
