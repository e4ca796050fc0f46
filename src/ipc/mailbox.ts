// SPDX-License-Identifier: GPL-2.0-or-later
// A daemon's address in the message queue: receives, sends, and knows which message answers a question.
import { addon, type MessageQueue, type SystemError } from '../addon/addon.js';
import {
  decodeMessage,
  encodeMessage,
  fullQueue,
  MESSAGE_LIMIT,
  type Message,
  QUEUE_KEY,
} from './message.js';
import { takeAll, takeBack } from './take-all.js';

/** A message for the daemon, and the way back to its sender. */
export interface Incoming extends Message {
  /** Answers to the sender's address. @throws Error when the queue is full */
  reply(text: string): void;
  /**
   * Says the same once more. If the sender has not read it, it is said only once: one that has gone would fill the queue.
   * @throws Error when the queue is full
   */
  repeat(text: string): void;
}

export interface MailboxOptions {
  /** The daemon's unit number. */
  readonly address: number;
  /** Gets every message that does not answer a question. */
  readonly onMessage: (message: Incoming) => void;
  /** Told of what is odd but does not stop the mailbox. */
  readonly log: (message: string) => void;
  /** msgget's key. */
  readonly key?: number;
}

export interface RequestOptions {
  readonly timeoutMs: number;
  /**
   * Whether a text answers the question. Replies carry no number, so a late one to an earlier question must not
   * pass unless it says the same: compare the barcode where there is one.
   */
  readonly accept: (text: string) => boolean;
}

/** A question nobody answered in time. */
export class ReplyTimeout extends Error {
  /** The question was still in the queue and has been taken out of it: it will never be acted on. */
  readonly withdrawn: boolean;

  constructor(receiver: number, text: string, timeoutMs: number, withdrawn: boolean) {
    super(
      `unit ${receiver} did not answer "${text.trimEnd()}" in ${timeoutMs} ms; ` +
        (withdrawn ? 'it did not read it: is its daemon running?' : 'it has read it'),
    );
    this.name = 'ReplyTimeout';
    this.withdrawn = withdrawn;
  }
}

export class Mailbox {
  readonly #options: MailboxOptions;
  readonly #queue: MessageQueue;
  /** The open question to each unit: takes a reply, or leaves it. */
  readonly #open = new Map<number, (text: string) => boolean>();

  /** Opens the queue, and makes it if there is none. */
  constructor(options: MailboxOptions) {
    // To the kernel, type 0 is every message of the queue.
    if (options.address < 1)
      throw new RangeError(`unit ${options.address} cannot have messages: numbers begin with 1`);
    this.#options = options;
    this.#queue = new (addon().MessageQueue)(options.key ?? QUEUE_KEY, true);
  }

  /**
   * Begins to receive. What waits already was meant for a daemon that is no more, and is dropped.
   * @param keep says which of the waiting messages are still good; they are delivered
   */
  start(keep: (message: Message) => boolean = () => false): void {
    for (const bytes of takeAll(this.#queue, this.#options.address)) {
      const message = decodeMessage(bytes);
      if (message && keep(message)) this.#deliver(message);
      else this.#options.log(`dropped a message of an earlier time: ${describe(message)}`);
    }
    this.#queue.receive(this.#options.address, MESSAGE_LIMIT, (error, bytes, truncated) =>
      this.#received(error, bytes, truncated),
    );
  }

  /** @throws Error when the queue is full or the text cannot be sent */
  send(receiver: number, text: string): void {
    this.#post(receiver, encodeMessage({ sender: this.#options.address, text }));
  }

  /**
   * Asks a unit and waits for its answer; other messages reach `onMessage` meanwhile. A unit can be asked one
   * question at a time. Rejects with {@link ReplyTimeout}; if the unit has not even read the question by then, it
   * is taken back, so that a daemon started later does not act on it.
   * @returns the reply's text
   */
  async request(receiver: number, text: string, options: RequestOptions): Promise<string> {
    const { timeoutMs, accept } = options;
    if (this.#open.has(receiver))
      throw new Error(`unit ${receiver} has not answered yet and was asked "${text}"`);
    this.send(receiver, text);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#open.delete(receiver);
        const withdrawn = this.#withdraw(receiver, text);
        reject(new ReplyTimeout(receiver, text, timeoutMs, withdrawn));
      }, timeoutMs);
      this.#open.set(receiver, (reply) => {
        if (!accept(reply)) return false;
        clearTimeout(timer);
        this.#open.delete(receiver);
        resolve(reply);
        return true;
      });
    });
  }

  /** Receives no more; the process may end. Open questions run into their timeout. */
  close(): void {
    this.#queue.close();
  }

  #received(error: SystemError | null, bytes: Uint8Array, truncated: boolean): void {
    if (error?.code === 'EIDRM')
      this.#options.log('the message queue was removed by another program; it was made anew');
    else if (error) this.#options.log(`receiving fails, retried every second: ${error.message}`);
    else if (truncated) this.#options.log(`dropped a message of more than ${MESSAGE_LIMIT} bytes`);
    else {
      const message = decodeMessage(bytes);
      if (message) this.#deliver(message);
      else this.#options.log(`dropped a message without a sender, ${bytes.length} bytes long`);
    }
  }

  #deliver(message: Message): void {
    if (this.#open.get(message.sender)?.(message.text)) return;
    this.#options.onMessage({
      ...message,
      reply: (text) => this.send(message.sender, text),
      repeat: (text) => {
        this.#withdraw(message.sender, text);
        this.send(message.sender, text);
      },
    });
  }

  #post(receiver: number, bytes: Uint8Array): void {
    try {
      this.#queue.send(receiver, bytes);
    } catch (error) {
      if ((error as SystemError).code !== 'EAGAIN') throw error;
      throw new Error(`the message queue is full: ${fullQueue}`, { cause: error });
    }
  }

  #withdraw(receiver: number, text: string): boolean {
    const message = encodeMessage({ sender: this.#options.address, text });
    return takeBack(this.#queue, receiver, message, (bytes) => this.#putBack(receiver, bytes));
  }

  #putBack(receiver: number, bytes: Uint8Array): void {
    try {
      this.#post(receiver, bytes);
    } catch (error) {
      const what = describe(decodeMessage(bytes));
      this.#options.log(
        `a message to unit ${receiver} is lost, ${what}: ${(error as Error).message}`,
      );
    }
  }
}

const describe = (message: Message | undefined): string =>
  message ? `"${message.text}" of ${message.sender}` : 'without a sender';
