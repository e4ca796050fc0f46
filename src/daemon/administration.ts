// SPDX-License-Identifier: GPL-2.0-or-later
// Obeys what people say to a unit, over the message queue or over D-Bus.
import { type FinalAnswer, formatAnswer, workingEvery } from '../ipc/answer.js';
import type { Incoming } from '../ipc/mailbox.js';
import { isProcess } from '../ipc/message.js';
import { type UnitKind, understand, type Word, type WordOf } from '../ipc/words.js';
import type { Log } from './log.js';

/** The names errors have on D-Bus, below `org.mhvtl.Error.`. */
export type RefusalName =
  | 'NoMedium'
  | 'Occupied'
  | 'NotFound'
  | 'Incompatible'
  | 'InUse'
  | 'Unreadable'
  | 'RemovalPrevented'
  | 'MapClosed'
  | 'NoRoom'
  | 'Exists'
  | 'NotSupported'
  | 'InvalidArgument'
  | 'Failed';

/** Why something was not done, in the words that are printed. */
export class Refused extends Error {
  readonly kind: RefusalName;

  constructor(kind: RefusalName, text: string) {
    super(text);
    this.name = 'Refused';
    this.kind = kind;
  }
}

type Awaitable<T> = T | Promise<T>;

/** What a unit does about each command. @returns what is printed; @throws Refused */
export type Handlers<K extends UnitKind> = Readonly<
  Record<WordOf<K>, (...words: string[]) => Awaitable<string>>
>;

export class Administration<K extends UnitKind> {
  readonly #kind: K;
  readonly #handlers: Handlers<K>;
  readonly #log: Log;
  readonly #changed: () => void;

  /** @param changed told after every command that may have changed something */
  constructor(kind: K, handlers: Handlers<K>, log: Log, changed: () => void = () => {}) {
    this.#changed = changed;
    this.#kind = kind;
    this.#handlers = handlers;
    this.#log = log;
  }

  /**
   * Obeys a command in words.
   * @param mayChange false: only commands that change nothing
   * @throws Refused; what goes wrong is in the log, whoever asked
   */
  async obey(text: string, mayChange = true): Promise<string> {
    try {
      const said = understand(text.trim().split(/\s+/));
      if (!('word' in said)) throw new Refused('InvalidArgument', `${said.what} ${said.why}`);
      return await this.#run(said.word, said.arguments, mayChange);
    } catch (error) {
      this.#note(text.trim(), error);
      throw error;
    }
  }

  /** Deals with a message and answers its sender. */
  receive(message: Incoming): void {
    const { text, sender } = message;
    this.#log.debug(`message of ${sender}: ${text}`);
    const said = understand(text.trim().split(/\s+/));
    const answer = isProcess(sender)
      ? (to: FinalAnswer) => message.reply(formatAnswer(to))
      : (to: FinalAnswer) => {
          const waits = 'word' in said && (said.word as Word).answered;
          if (waits) message.reply(to.text);
        };
    const works = (): void => {
      if (isProcess(sender)) message.repeat(formatAnswer({ kind: 'working' }));
    };
    const working = setInterval(() => this.#try(works), workingEvery);
    void this.obey(text)
      .then(
        (done): FinalAnswer => ({ kind: 'done', text: done }),
        (error: unknown): FinalAnswer => refusal(error),
      )
      .then((to) => {
        clearInterval(working);
        this.#try(() => answer(to));
      });
  }

  async #run(word: Word, words: readonly string[], mayChange: boolean): Promise<string> {
    if (!word.for.includes(this.#kind))
      throw new Refused('NotSupported', `${word.text} is no command for a ${this.#kind}`);
    if (!mayChange && !word.reads)
      throw new Refused('NotSupported', `${word.text} changes something: it was only asked`);
    try {
      return await this.#handlers[word.text as WordOf<K>](...words);
    } finally {
      if (!word.reads) this.#changed();
    }
  }

  #note(text: string, error: unknown): void {
    if (error instanceof Refused) this.#log.warning(`"${text}": ${error.message}`);
    else this.#log.error(`bug in "${text}": ${error instanceof Error ? error.stack : error}`);
  }

  /** An asker that has gone, or a full queue, is nothing to stop for. */
  #try(send: () => void): void {
    try {
      send();
    } catch (error) {
      this.#log.warning(`an answer was not sent: ${String(error)}`);
    }
  }
}

/** A message can only have printable characters, and about a thousand of them. */
function refusal(error: unknown): FinalAnswer {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'refused', text: message.replace(/[^ -~\n]+/g, ' ').slice(0, 900) };
}
