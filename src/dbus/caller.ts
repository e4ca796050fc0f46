// SPDX-License-Identifier: GPL-2.0-or-later
// Calls objects on the bus, for programs that ask a few things and end.
import type { MessageBus } from 'dbus-next';
import { mayBeThere, systemBusAddress } from './address.js';

type Library = typeof import('dbus-next')['default'];

/** An object, and the interface that is meant. */
export interface Target {
  readonly name: string;
  readonly path: string;
  readonly interface: string;
}

/** What the bus or the other program answered instead of a result. */
export class CallError extends Error {
  /** Name of the error, as `org.freedesktop.DBus.Error.AccessDenied`. */
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = 'CallError';
    this.type = type;
  }
}

/** A bus that does not greet within this time, in milliseconds, is none. */
const GREETING = 2_000;

const bus: Target = {
  name: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/** A call without an answer: the connection has ended. */
const disconnected = (): CallError =>
  new CallError('org.freedesktop.DBus.Error.Disconnected', 'the system bus has gone');

export class Caller {
  readonly #library: Library;
  readonly #bus: MessageBus;
  /** Rejects when the connection ends. */
  readonly #end: Promise<never>;

  private constructor(library: Library, connection: MessageBus, end: Promise<never>) {
    this.#library = library;
    this.#bus = connection;
    this.#end = end;
  }

  /** @returns undefined when there is no bus, or this user may not use it */
  static async connect(address = systemBusAddress()): Promise<Caller | undefined> {
    if (!mayBeThere(address)) return undefined;
    const library = (await import('dbus-next')).default;
    const connection = library.sessionBus({ busAddress: address, authMethods: ['EXTERNAL'] });
    const end = new Promise<never>((_, reject) => {
      connection.on('error', () => reject(disconnected()));
      connection._connection.on('end', () => reject(disconnected()));
      connection._connection.stream.on('close', () => reject(disconnected()));
    });
    let timer: NodeJS.Timeout | undefined;
    const greeting = new Promise<boolean>((resolve) => {
      connection.on('connect', () => resolve(true));
      timer = setTimeout(() => resolve(false), GREETING);
    });
    const there = await Promise.race([greeting, end]).catch(() => false);
    clearTimeout(timer);
    end.catch(() => {});
    const caller = new Caller(library, connection, end);
    if (there) return caller;
    caller.close();
    return undefined;
  }

  /**
   * @param body typed by `signature`
   * @throws CallError
   */
  async call(
    { name, path, interface: iface }: Target,
    member: string,
    signature = '',
    body: readonly unknown[] = [],
  ): Promise<readonly unknown[]> {
    const { Message, DBusError } = this.#library;
    const call = new Message({
      destination: name,
      path,
      interface: iface,
      member,
      ...(signature === '' ? {} : { signature, body }),
    });
    try {
      return (await Promise.race([this.#bus.call(call), this.#end])).body ?? [];
    } catch (error) {
      if (error instanceof DBusError) throw new CallError(error.type, error.text);
      throw error;
    }
  }

  /** All names on the bus. @throws CallError */
  async names(): Promise<readonly string[]> {
    const [names] = await this.call(bus, 'ListNames');
    return names as string[];
  }

  close(): void {
    this.#bus.disconnect();
  }
}
