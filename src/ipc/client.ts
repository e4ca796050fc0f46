// SPDX-License-Identifier: GPL-2.0-or-later
// Asks daemons over the message queue from an address of this process' own: answers cannot be mixed up or stale.
import { addon, type MessageQueue, type SystemError } from '../addon/addon.js';
import { type Answer, parseAnswer } from './answer.js';
import {
  addressOfProcess,
  decodeMessage,
  encodeMessage,
  QUEUE_KEY,
  VTLCMD_ADDRESS,
} from './message.js';
import { takeAll, takeBack } from './take-all.js';

/** How long things may take, in milliseconds. */
export interface ClientPatience {
  /** Until the daemon has taken the message out of the queue. A daemon of mhvtl 1.8 looks once a second. */
  readonly read: number;
  /** Until an answer can only be one to everybody's address, of a daemon of mhvtl 1.8. */
  readonly own: number;
  /** Between two signs of life of a daemon that has. */
  readonly answer: number;
}

export const clientPatience: ClientPatience = { read: 4_000, own: 2_500, answer: 6_000 };

/** How it went. `silent`: the daemon took the message and says nothing, as those of mhvtl 1.8 do. */
export type Outcome = Exclude<Answer, { readonly kind: 'working' }> | { readonly kind: 'silent' };

/** There is no daemon that reads the messages of a unit. */
export class NoDaemon extends Error {
  readonly unit: number;

  constructor(unit: number, message: string) {
    super(message);
    this.name = 'NoDaemon';
    this.unit = unit;
  }
}

/** There is no message queue, or it cannot be used. */
export class NoQueue extends Error {
  readonly code: string;

  constructor(cause: SystemError) {
    super(cause.message, { cause });
    this.name = 'NoQueue';
    this.code = cause.code;
  }
}

export interface ClientOptions {
  readonly key?: number;
  readonly pid?: number;
  readonly patience?: ClientPatience;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How often the queue is looked at while an answer is awaited, in milliseconds: short at first. */
const looks = { first: 2, longest: 100 };

export class Client {
  readonly #queue: MessageQueue;
  readonly #address: number;
  readonly #patience: ClientPatience;

  /** @throws NoQueue when no daemon has made the queue, or this user may not use it */
  constructor({ key = QUEUE_KEY, pid = process.pid, patience }: ClientOptions = {}) {
    try {
      this.#queue = new (addon().MessageQueue)(key, false);
    } catch (error) {
      if ((error as SystemError).code === undefined) throw error;
      throw new NoQueue(error as SystemError);
    }
    this.#address = addressOfProcess(pid);
    this.#patience = patience ?? clientPatience;
  }

  /**
   * Says something to a unit and waits for its answer. A unit is asked one thing at a time.
   * @throws NoDaemon when nobody reads it: it is taken back then, so that a daemon started later does not act on it;
   *   or when the daemon dies while it works
   */
  async ask(unit: number, text: string): Promise<Outcome> {
    this.#collect();
    this.#inbox.delete(unit);
    const stale = this.#saidToAll(unit, 0).length;
    const question = encodeMessage({ sender: this.#address, text });
    this.#send(unit, question);
    const asked = Date.now();
    let [taken, worked] = [false, false];
    let deadline = asked + this.#patience.read;
    for (let pause = looks.first; ; pause = Math.min(2 * pause, looks.longest)) {
      const mayBeOld = !worked && Date.now() > asked + this.#patience.own;
      const answer = this.#answerOf(unit) ?? (mayBeOld ? this.#oldAnswer(unit, stale) : undefined);
      if (answer && answer.kind !== 'working') return answer;
      if (answer) {
        [taken, worked] = [true, true];
        deadline = Date.now() + this.#patience.answer;
      } else if (Date.now() > deadline) {
        if (worked)
          throw new NoDaemon(unit, `unit ${unit} has stopped answering: its daemon died or hangs`);
        if (taken) return { kind: 'silent' };
        if (this.#takeBack(unit, question))
          throw new NoDaemon(
            unit,
            `unit ${unit} does not read its messages: is its daemon running?`,
          );
        taken = true;
        deadline = Date.now() + this.#patience.answer;
      }
      await sleep(pause);
    }
  }

  /** Answers that come too late are not left for the process that gets this number next. */
  close(): void {
    this.#drain(this.#address);
    this.#queue.close();
  }

  /** Answers that have come, by unit: several units can be asked at once. */
  readonly #inbox = new Map<number, Answer[]>();

  #collect(): void {
    for (const { sender, text } of this.#drain(this.#address)) {
      const answer = parseAnswer(text);
      if (answer) this.#inbox.set(sender, [...(this.#inbox.get(sender) ?? []), answer]);
    }
  }

  /** The oldest answer of a unit, if it has come. */
  #answerOf(unit: number): Answer | undefined {
    this.#collect();
    return this.#inbox.get(unit)?.shift();
  }

  /** What a daemon of mhvtl 1.8 answered, after `stale` answers to others that nobody reads. */
  #oldAnswer(unit: number, stale: number): Answer | undefined {
    const text = this.#saidToAll(unit, stale + 1)[stale];
    return text === undefined ? undefined : { kind: 'done', text };
  }

  #send(receiver: number, bytes: Uint8Array): void {
    try {
      this.#queue.send(receiver, bytes);
    } catch (error) {
      throw new NoQueue(error as SystemError);
    }
  }

  #drain(address: number): { readonly sender: number; readonly text: string }[] {
    return takeAll(this.#queue, address).flatMap((bytes) => decodeMessage(bytes) ?? []);
  }

  /** What a unit said to everybody's address. If there are `taken` texts of it they are taken, else all stay. */
  #saidToAll(unit: number, taken: number): string[] {
    const all = takeAll(this.#queue, VTLCMD_ADDRESS);
    const texts = all
      .map(decodeMessage)
      .map((each) => (each?.sender === unit ? each.text : undefined));
    const found = texts.filter((text) => text !== undefined);
    const take = taken > 0 && found.length >= taken;
    all.forEach((bytes, i) => {
      if (!take || texts[i] === undefined) this.#send(VTLCMD_ADDRESS, bytes);
    });
    return found;
  }

  #takeBack(receiver: number, question: Uint8Array): boolean {
    return takeBack(this.#queue, receiver, question, (bytes) => this.#send(receiver, bytes));
  }
}
