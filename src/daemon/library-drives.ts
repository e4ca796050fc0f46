// SPDX-License-Identifier: GPL-2.0-or-later
// The drives of a library, which are other processes: loading and unloading by messages, with a time limit.
import { type DriveReply, parseDriveReply, started, toDrive } from '../ipc/drive-protocol.js';
import { type Mailbox, ReplyTimeout } from '../ipc/mailbox.js';
import { type DataTransferDevice, TransferFailure } from '../smc/data-transfer-device.js';

/** Time limits in milliseconds. */
export interface DrivePatience {
  /** For a drive to say anything at all. */
  readonly answer: number;
  /** For a drive that has just answered to load or unload: it writes out what is cached of the cartridge. */
  readonly work: number;
  /** For a drive to say what it holds when the library starts; the library's initiators wait meanwhile. */
  readonly start: number;
}

export const drivePatience: DrivePatience = { answer: 30_000, work: 120_000, start: 5_000 };

/** What is needed of the mailbox. */
export type DriveMail = Pick<Mailbox, 'send' | 'request'>;

export interface RemoteDriveOptions {
  /** Number of the drive's process. */
  readonly unit: number;
  readonly identity: DataTransferDevice['identity'];
  readonly mail: DriveMail;
  /** Told what goes wrong between the two; the outcome of a move is told by others. */
  readonly log: (message: string) => void;
  readonly patience?: DrivePatience;
}

/** Any question can meet with a drive that starts just then: it has dropped the question, and is empty. */
type Answer = DriveReply | { readonly kind: 'started' };

const parseAnswer = (text: string): Answer | undefined =>
  text.trimEnd() === started ? { kind: 'started' } : parseDriveReply(text);

export class RemoteDrive implements DataTransferDevice {
  readonly unit: number;
  readonly identity: DataTransferDevice['identity'];
  readonly #mail: DriveMail;
  readonly #log: (message: string) => void;
  readonly #patience: DrivePatience;

  constructor({ unit, identity, mail, log, patience = drivePatience }: RemoteDriveOptions) {
    this.unit = unit;
    this.identity = identity;
    this.#mail = mail;
    this.#log = log;
    this.#patience = patience;
  }

  async load(barcode: string): Promise<void> {
    const { answer, work } = this.#patience;
    if ((await this.#mountState(answer)).kind === 'occupied') throw new TransferFailure('occupied');
    const isAbout = (reply: Answer): boolean =>
      reply.kind === 'load failed' || (reply.kind === 'loaded' && reply.barcode === barcode);
    const reply = await this.#ask(toDrive.load + barcode, isAbout, work).catch((failure) => {
      // Should it load after all, it must let go at once: the library counts the cartridge elsewhere.
      if (failure.cause instanceof ReplyTimeout && !failure.cause.withdrawn)
        this.#tell(toDrive.setEmpty);
      throw failure;
    });
    if (reply.kind === 'load failed') throw new TransferFailure(reply.reason ?? 'load failed');
    if (reply.kind === 'started') throw new TransferFailure('load failed');
  }

  async unload(barcode: string): Promise<void> {
    const { answer, work } = this.#patience;
    // Restarted since the load: the cartridge is not threaded, and free to be taken.
    if ((await this.#mountState(answer)).kind !== 'occupied') return;
    const reply = await this.#ask(
      toDrive.unload + barcode,
      ({ kind }) => kind === 'unloaded' || kind === 'unload failed',
      work,
    );
    if (reply.kind === 'unload failed') throw new TransferFailure(reply.reason ?? 'unload failed');
  }

  /**
   * What the drive holds, when the library starts.
   * @returns `'empty'`, or undefined when the drive does not say, or does not answer in time
   */
  async holds(): Promise<
    { readonly barcode: string; readonly ejected: boolean } | 'empty' | undefined
  > {
    try {
      const state = await this.#mountState(this.#patience.start);
      if (state.kind !== 'occupied') return 'empty';
      return state.holds === undefined
        ? undefined
        : { barcode: state.holds, ejected: state.ejected };
    } catch (error) {
      if (error instanceof TransferFailure) return undefined;
      throw error;
    }
  }

  /** Tells the drive that it stands in a library. One that was started anew does not know. */
  register(): void {
    this.#tell(toDrive.register);
  }

  /**
   * Asked before everything else: an answer shows that the drive is alive and, as a drive answers in order, that
   * no answer to an earlier question is still to come.
   */
  #mountState(timeoutMs: number): Promise<Answer> {
    this.register();
    const isState = ({ kind }: Answer): boolean => kind === 'occupied' || kind === 'not occupied';
    return this.#ask(toDrive.mountState, isState, timeoutMs);
  }

  /** A message that needs no answer. If it cannot be sent, the next question finds out. */
  #tell(text: string): void {
    try {
      this.#mail.send(this.unit, text);
    } catch (error) {
      this.#log(`"${text}" was not sent to drive ${this.unit}: ${String(error)}`);
    }
  }

  /** @throws TransferFailure `'no answer'`, with the cause */
  async #ask(
    text: string,
    answers: (reply: Answer) => boolean,
    timeoutMs: number,
  ): Promise<Answer> {
    const parse = (reply: string): Answer | undefined => {
      const answer = parseAnswer(reply);
      return answer && (answer.kind === 'started' || answers(answer)) ? answer : undefined;
    };
    try {
      const accept = (reply: string): boolean => parse(reply) !== undefined;
      const answer = parse(await this.#mail.request(this.unit, text, { timeoutMs, accept }))!;
      if (answer.kind === 'started') this.register();
      return answer;
    } catch (cause) {
      this.#log(cause instanceof Error ? cause.message : String(cause));
      throw new TransferFailure('no answer', { cause });
    }
  }
}
