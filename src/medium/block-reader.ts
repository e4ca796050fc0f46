// SPDX-License-Identifier: GPL-2.0-or-later
// Takes blocks out of the files of a partition: uncompressed, checked, and decrypted by whoever has the key.
import { codecKinds } from '../addon/addon.js';
import { codecKindOf } from './codec.js';
import { describeBlock, indexRecord } from './index-record.js';
import type { ObjectEntry, ObjectIndex } from './object-index.js';
import type { PartitionFiles } from './partition-files.js';
import { ReadAhead, type Unpacked, type WantedBlock } from './read-ahead.js';
import { hasChecksum, isSealed, uncompressed } from './stored-block.js';
import {
  type Awaitable,
  type BlockInfo,
  MediumError,
  type ReadOptions,
  type ReadOutcome,
  type Unseal,
} from './volume.js';

const RECORD = indexRecord.size;

export class BlockReader {
  readonly #files: PartitionFiles;
  readonly #index: ObjectIndex;
  readonly #ahead: ReadAhead;
  #scratch = new Uint8Array();
  #bytesRead = 0;

  constructor(files: PartitionFiles, index: ObjectIndex) {
    this.#files = files;
    this.#index = index;
    this.#ahead = new ReadAhead({
      blockAt: (at) => this.#readableAhead(at),
      read: (into, offset) => files.data.readLater(into, offset),
      file: files.data.descriptor,
    });
  }

  /** Names the object `position` in messages. */
  where(position: number): string {
    return `object ${position} in ${this.#files.data.path}`;
  }

  /** What is to be read of a block. A sealed one is taken out as it is. */
  #wanted(number: number, entry: ObjectEntry): WantedBlock {
    const { offset, size, storedSize, flags } = entry;
    return isSealed(entry)
      ? { offset, storedSize, size: storedSize, kind: codecKinds.plain }
      : { offset, storedSize, size, kind: codecKindOf(flags, () => this.where(number)) };
  }

  #readableAhead(number: number): WantedBlock | undefined {
    if (number >= this.#index.settled || this.#index.isFilemark(number)) return undefined;
    try {
      return this.#wanted(number, this.#index.entry(number));
    } catch {
      return undefined;
    }
  }

  /** How the block `position` is stored, as its record says. */
  async info(position: number): Promise<BlockInfo> {
    const bytes = new Uint8Array(RECORD);
    await this.#files.indx.readLater(bytes, position * RECORD);
    return describeBlock(bytes);
  }

  /** Reads the block `position`, which is in the files; of it as much as `into` has room for. */
  read(position: number, into: Uint8Array, { unseal }: ReadOptions): Awaitable<ReadOutcome> {
    const entry = this.#index.entry(position);
    if (isSealed(entry)) return this.#readSealed(position, entry, into, unseal);
    const direct = into.length >= entry.size;
    const room = direct ? into : this.#room(entry.size);
    const finish = (outcome: Unpacked): ReadOutcome => {
      this.#verify(position, entry, outcome);
      if (!direct) into.set(room.subarray(0, into.length));
      return this.#handedOut(entry, into);
    };
    const outcome = this.#ahead.read(position, this.#wanted(position, entry), room);
    return outcome instanceof Promise ? outcome.then(finish) : finish(outcome);
  }

  async #readSealed(
    position: number,
    entry: ObjectEntry,
    into: Uint8Array,
    unseal: Unseal | undefined,
  ): Promise<ReadOutcome> {
    if (!unseal)
      throw new MediumError('sealed', `${this.where(position)} is encrypted, and there is no key`);
    const sealed = new Uint8Array(entry.storedSize);
    const outcome = await this.#ahead.read(position, this.#wanted(position, entry), sealed);
    this.#verify(position, entry, outcome);
    const payload = unseal.unseal(sealed, await this.info(position));
    const kind = codecKindOf(entry.flags, () => this.where(position));
    const block = kind === codecKinds.plain ? payload : uncompressed(payload, entry.size, kind);
    if (block?.length !== entry.size)
      throw new MediumError('damaged', `${this.where(position)} is not what was encrypted`);
    into.set(block.subarray(0, into.length));
    return this.#handedOut(entry, into);
  }

  #handedOut({ size }: ObjectEntry, into: Uint8Array): ReadOutcome {
    this.#bytesRead += Math.min(size, into.length);
    return { kind: 'block', length: size };
  }

  /** Bytes of blocks that were taken out. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  #verify(position: number, entry: ObjectEntry, outcome: Unpacked): void {
    if (!outcome.good)
      throw new MediumError(
        'damaged',
        `${this.where(position)} is not as long as the index says, or no compressed block`,
      );
    if (!hasChecksum(entry, outcome.crc))
      throw new MediumError('damaged', `${this.where(position)} does not match its checksum`);
  }

  /** `length` bytes to work in, good until the next call. */
  #room(length: number): Uint8Array {
    if (this.#scratch.length < length) this.#scratch = new Uint8Array(length);
    return this.#scratch.subarray(0, length);
  }

  /** A filemark was read at `position`: whoever reads on, reads on. */
  passed(position: number): void {
    this.#ahead.passed(position);
  }

  /** Forgets what was read ahead: what is in the files changes. */
  forget(): void {
    this.#ahead.clear();
  }

  /** Gives memory back; to be used again all the same. */
  release(): void {
    this.forget();
    this.#scratch = new Uint8Array();
  }
}
