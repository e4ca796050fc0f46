// SPDX-License-Identifier: GPL-2.0-or-later
// The part of dbus-next that is used: messages and a connection. Its own objects and proxies are not.
declare module 'dbus-next' {
  import type { EventEmitter } from 'node:events';

  export interface MessageFields {
    readonly path?: string;
    readonly interface?: string;
    readonly member?: string;
    readonly destination?: string;
    readonly signature?: string;
    readonly body?: readonly unknown[];
    readonly flags?: number;
  }
  export class Message {
    constructor(fields: MessageFields);
    readonly path: string;
    readonly interface: string | undefined;
    readonly member: string;
    readonly sender: string;
    readonly signature: string | undefined;
    readonly body: readonly unknown[] | undefined;
    readonly flags: number;
    readonly type: number;
    static newError(call: Message, name: string, text: string): Message;
    static newMethodReturn(call: Message, signature: string, body: readonly unknown[]): Message;
    static newSignal(
      path: string,
      iface: string,
      name: string,
      signature: string,
      body: readonly unknown[],
    ): Message;
  }
  export class Variant {
    constructor(signature: string, value: unknown);
    readonly signature: string;
    readonly value: unknown;
  }
  export class DBusError extends Error {
    readonly type: string;
    readonly text: string;
  }
  export interface MessageBus extends EventEmitter {
    readonly name: string | null;
    readonly _connection: EventEmitter & { readonly stream: EventEmitter };
    addMethodHandler(handler: (message: Message) => boolean): void;
    call(message: Message): Promise<Message>;
    send(message: Message): void;
    requestName(name: string, flags: number): Promise<number>;
    disconnect(): void;
  }
  const dbusNext: {
    sessionBus(options: {
      readonly busAddress: string;
      readonly authMethods?: readonly string[];
    }): MessageBus;
    readonly Message: typeof Message;
    readonly Variant: typeof Variant;
    readonly DBusError: typeof DBusError;
  };
  export default dbusNext;
}
