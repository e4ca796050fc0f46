// SPDX-License-Identifier: GPL-2.0-or-later
// Objects that were accepted and are on their way to the store. The addon's threads pack and append them; when the store
// refuses, or its calls are to be seen, they are appended from here.
import {
  addon,
  appendState,
  type BlockAppender,
  type ObjectBatch,
  type RecordShape,
} from '../addon/addon.js';
import { blockThreads } from './block-workers.js';
import { flagsOf, kindOf } from './codec.js';
import { BLOCK_FLAGS, indexRecord, recordShape, sealFields } from './index-record.js';
import type { ObjectIndex } from './object-index.js';
import { MediumError, type Seal, type WriteOptions } from './volume.js';

/** Bytes of accepted blocks that may wait for the store. */
const BUFFER_SIZE = 64 << 20;
/** Nothing that was accepted waits longer than that for more to come. */
const PATIENCE_MS = 100;

/** Where objects go. */
export interface WriteTarget {
  readonly partition: number;
  /** Of the data file; -1 when the payload is not kept. */
  readonly data: number;
  /** Of the index file. */
  readonly index: number;
  /** Whether the addon may write to them. Else all goes through {@link append}. */
  readonly direct: boolean;
  /** Appends objects; when it fails, none of them is there. */
  append(batch: ObjectBatch): Promise<void>;
  /** Removes what a failed write left of these objects and what follows. */
  restore(batch: ObjectBatch): Promise<void>;
  /** The addon wrote: the object `next` comes after what is in the files. */
  appended(next: number): void;
}

const results = new Uint32Array(2);

export class BlockWriter {
  readonly #target: WriteTarget;
  readonly #index: ObjectIndex;
  readonly #shape: RecordShape;
  readonly #state = new Float64Array(Object.keys(appendState).length);
  #ring: ArrayBuffer | undefined;
  #appender: BlockAppender | undefined;
  /** Set while objects are appended from here. */
  #appending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failure: { readonly error: MediumError; readonly position: number } | undefined;

  constructor(target: WriteTarget, index: ObjectIndex) {
    this.#target = target;
    this.#index = index;
    this.#shape = recordShape(target.partition);
  }

  /** Objects that are not in the store yet, and the bytes the host wrote for them. */
  get objects(): number {
    this.#look();
    return this.#state[appendState.objects]!;
  }

  get bytes(): number {
    this.#look();
    return this.#state[appendState.bytes]!;
  }

  /** The next object is the first one the index does not have, and goes where the index ends. */
  start(): void {
    this.#appender ??= this.#open();
    this.#appender.start(this.#index.length, this.#index.end);
  }

  #open(): BlockAppender {
    const { data, index, direct } = this.#target;
    this.#ring = addon().mapPages(BUFFER_SIZE, true);
    const { BlockAppender } = addon();
    const { workers } = blockThreads();
    return new BlockAppender(workers, data, index, direct, this.#shape, this.#ring);
  }

  /** Accepts a block as the next object, after {@link start}; waits while the buffer is full. */
  accept(block: Uint8Array, how: WriteOptions): void | Promise<void> {
    const offer = how.seal ? this.#sealed(block, how, how.seal) : this.#unsealed(block, how);
    if (!offer()) return this.#later(offer);
    this.#writeSoon();
  }

  /** A host that pauses does not leave blocks in memory. */
  #writeSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#appender!.hurry();
      if (this.#target.direct) return;
      /* JavaScript writes, and only what the threads are done with. */
      this.#look();
      if (this.#state[appendState.objects]! > 0) this.#writeSoon();
    }, PATIENCE_MS).unref();
  }

  acceptFilemark(): void | Promise<void> {
    const offer = (): boolean => {
      if (!this.#appender!.filemark()) return false;
      this.#index.acceptFilemark();
      return true;
    };
    if (!offer()) return this.#later(offer);
    this.#writeSoon();
  }

  #unsealed(block: Uint8Array, { compress }: WriteOptions): () => boolean {
    const kind = kindOf(compress);
    const level = compress?.level ?? 0;
    const plain = BLOCK_FLAGS.crc;
    const packed = plain | flagsOf(compress);
    return () => {
      if (!this.#appender!.block(block, kind, level, packed, plain)) return false;
      this.#index.acceptBlock(block.length, block.length, 0);
      return true;
    };
  }

  /** Sealing is JavaScript: the block is compressed here as well. */
  #sealed(block: Uint8Array, { compress }: WriteOptions, seal: Seal): () => boolean {
    const room = new Uint8Array(block.length);
    addon().packBlock(block, room, kindOf(compress), compress?.level ?? 0, results);
    const stored = results[0]!;
    const compressed = stored < block.length ? flagsOf(compress) : 0;
    const payload = seal.seal(room.subarray(0, stored));
    const flags = BLOCK_FLAGS.crc | BLOCK_FLAGS.sealed | compressed;
    const record = this.#shape.block.slice();
    indexRecord.patch(record, sealFields(seal));
    return () => {
      if (!this.#appender!.packed(payload, block.length, flags, record)) return false;
      this.#index.acceptBlock(block.length, payload.length, flags);
      return true;
    };
  }

  async #later(offer: () => boolean): Promise<void> {
    do {
      await this.#progress();
      this.throwDeferred();
    } while (!offer());
  }

  /** Takes note of what the threads have done. */
  #look(): void {
    const appender = this.#appender;
    if (!appender) return;
    const state = this.#state;
    appender.look(state);
    if (state[appendState.settled]! > 0) this.#settle(appender.settled());
    if (state[appendState.written]! > 0)
      this.#target.appended(this.#index.length - state[appendState.objects]!);
    const here = !this.#target.direct && state[appendState.objects]! > 0;
    if (here || state[appendState.error]! > 0) this.#appending ??= this.#appendHere(appender);
  }

  #settle(numbers: Uint32Array): void {
    for (let at = 0; at < numbers.length; at += 3)
      if (this.#index.isFilemark(this.#index.settled)) this.#index.settleFilemark();
      else this.#index.settleBlock(numbers[at]!, numbers[at + 1]!, numbers[at + 2]!);
  }

  /** Appends what is settled; where that fails, one by one, to find out which of the objects has no place. */
  async #appendHere(appender: BlockAppender): Promise<void> {
    let one = false;
    if (this.#state[appendState.error]! > 0) {
      one = true;
      await this.#target.restore(appender.peek(one));
    }
    for (;;) {
      const batch = appender.peek(one);
      if (batch.count === 0) break;
      try {
        await this.#target.append(batch);
        appender.pop(batch.count);
      } catch (error) {
        if (batch.count === 1) {
          this.#fail(appender, batch.first, error);
          break;
        }
        one = true;
      }
    }
    this.#appending = undefined;
    appender.resume();
  }

  /** Gives up the object `number` and what follows. */
  #fail(appender: BlockAppender, number: number, error: unknown): void {
    const fault =
      error instanceof MediumError
        ? error
        : new MediumError('unwritable', String(error), { cause: error });
    this.#failure = { error: fault, position: number };
    appender.drop();
    this.#index.truncate(number);
  }

  /** The failure nobody has been told of, once. */
  takeFailure(deferred: boolean): MediumError | undefined {
    this.#look();
    const failure = this.#failure;
    if (!failure) return undefined;
    this.#failure = undefined;
    const { error, position } = failure;
    return new MediumError(error.fault, error.message, {
      cause: error,
      deferred,
      lost: { partition: this.#target.partition, position },
    });
  }

  /** Before an operation is begun: throws what went wrong with earlier ones. */
  throwDeferred(): void {
    const failure = this.takeFailure(true);
    if (failure) throw failure;
  }

  /** Returns when it is known how each accepted object is stored, or when that does not matter any more. */
  async settle(): Promise<void> {
    for (this.#look(); this.#index.settled < this.#index.length; ) await this.#progress();
  }

  /** Returns when everything accepted is in the store. Throws what hindered it. */
  async drain(): Promise<void> {
    while (this.objects > 0 || this.#appending !== undefined) await this.#progress();
    const failure = this.takeFailure(false);
    if (failure) throw failure;
  }

  /** Gives the memory back; to be used again all the same. */
  release(): void {
    if (this.#ring && this.objects === 0) addon().releasePages(this.#ring, 0);
  }

  /** Helps, or returns when something has changed since the last look. */
  async #progress(): Promise<void> {
    this.#appender?.hurry();
    const objects = this.#state[appendState.objects];
    const threads = blockThreads();
    if (!this.#appending && !threads.workers.help())
      await threads.progress(() => this.objects !== objects || this.#appending !== undefined);
    await this.#appending;
    this.#look();
  }
}
