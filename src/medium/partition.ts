// SPDX-License-Identifier: GPL-2.0-or-later
// One partition of a cartridge on disk: the files data.N, indx.N and meta.N as one sequence of objects.

import { addon, type CodecKind, codecKinds, type ObjectBatch } from '../addon/addon.js';
import { BlockWriter, type WriteTarget } from './block-writer.js';
import { codecKindOf } from './codec.js';
import type { FirstEncrypted } from './first-encrypted.js';
import {
  BLOCK_FLAGS,
  describeBlock,
  encryptionOf,
  indexRecord,
  LONGEST_PAYLOAD,
} from './index-record.js';
import { loadIndex } from './load-index.js';
import { MetaFile } from './meta-file.js';
import type { ObjectEntry, ObjectIndex } from './object-index.js';
import { ReadAhead, type Unpacked, type WantedBlock } from './read-ahead.js';
import type { StoreFile } from './store-file.js';
import {
  type Awaitable,
  type BlockInfo,
  MediumError,
  type ObjectKind,
  type ReadOptions,
  type ReadOutcome,
  type Unseal,
  type WriteOptions,
} from './volume.js';

const RECORD = indexRecord.size;
/** Highest object number other programs write. */
const LAST_NUMBER = 0xfffffff0;

/** Paths of the files of a partition. */
export const partitionFiles = (directory: string, partition: number) => ({
  data: `${directory}/data.${partition}`,
  indx: `${directory}/indx.${partition}`,
  meta: `${directory}/meta.${partition}`,
});

/** The files themselves. */
export type PartitionFiles = Readonly<Record<keyof ReturnType<typeof partitionFiles>, StoreFile>>;

/** How a partition is opened. */
export interface PartitionOptions {
  /** False for a NULL cartridge, which forgets what is written. */
  readonly keepsData: boolean;
  /** Where the filemark map begins in its file. */
  readonly mapAt: number;
  /** Whoever had the cartridge before never gave it back: what was not synced may be missing or in pieces. */
  readonly unclean: boolean;
  /** Nothing is written, whatever state the files are in. */
  readonly readOnly: boolean;
}

/**
 * Objects are appended in the order data, index, and removed in the order map, index, data, with a sync before data
 * are overwritten. So a process that dies in between leaves data nobody points at, but never an index that points at
 * bytes which are not the object's. After a sync of data and index the header of the map says how many objects that
 * made safe: of what follows, a machine that dies may leave anything, which is recognised by its checksums.
 */
export class Partition {
  readonly #number: number;
  readonly #keepsData: boolean;
  readonly #data: StoreFile;
  readonly #indexFile: StoreFile;
  readonly #meta: MetaFile;
  readonly #index: ObjectIndex;
  readonly #writer: BlockWriter;
  readonly #ahead: ReadAhead;
  /** Why the end of the index is not the end of data; undefined when it is. */
  #damage: string | undefined;
  /** Objects that are on stable storage. */
  #synced: number;
  /** The files end where the index ends, so that the next object can be appended. */
  #ready = false;
  /** There is something that a sync must make final: what was written, or cut off after a crash. */
  #touched = false;
  #scratch = new Uint8Array();

  /**
   * @param files open
   * @throws MediumError `'unreadable'`
   */
  constructor(number: number, files: PartitionFiles, options: PartitionOptions) {
    const { keepsData } = options;
    this.#number = number;
    this.#keepsData = keepsData;
    this.#data = files.data;
    this.#indexFile = files.indx;
    this.#meta = new MetaFile(files.meta, options.mapAt);
    const dataSize = keepsData ? this.#data.size : Number.POSITIVE_INFINITY;
    const { index, damage } = loadIndex(this.#indexFile, dataSize);
    this.#index = index;
    const synced = options.unclean ? this.#meta.synced : undefined;
    if (synced === undefined) {
      this.#meta.compare(index);
      this.#damage = damage ?? (keepsData ? this.#lostRecords() : undefined);
    } else {
      this.#damage = this.#believeTail(synced, damage);
      this.#touched = !options.readOnly && this.#damage === undefined && !this.#isTidy();
    }
    this.#synced = synced ?? index.length;
    this.#writer = new BlockWriter(this.#target(), index);
    this.#ahead = new ReadAhead({
      blockAt: (at) => this.#readableAhead(at),
      read: (into, offset) => this.#data.readLater(into, offset),
      file: this.#data.descriptor,
    });
  }

  /**
   * Objects after the first `synced` were never acknowledged as safe: the first of them that is not whole ends the
   * tape. Objects before that are not missing by themselves: that is damage.
   */
  #believeTail(synced: number, damage: string | undefined): string | undefined {
    const found = this.#index.length;
    if (this.#keepsData)
      for (let number = synced; number < this.#index.length; number++)
        if (!this.#isWhole(number)) this.#index.truncate(number);
    this.#meta.compare(this.#index);
    if (found >= synced) return undefined;
    return damage ?? `${synced - found} objects that had been written safely are missing`;
  }

  /** Whether the files end where the index ends. */
  #isTidy(): boolean {
    const { length, end } = this.#index;
    return (
      this.#indexFile.size === length * RECORD && (!this.#keepsData || this.#data.size === end)
    );
  }

  /** Whether the object `number` can be read and matches its checksum. */
  #isWhole(number: number): boolean {
    const entry = this.#index.entry(number);
    if (entry.filemark) return true;
    try {
      const stored = new Uint8Array(entry.storedSize);
      this.#data.read(stored, entry.offset);
      return isIntact(entry, stored);
    } catch (error) {
      if (error instanceof MediumError) return false;
      throw error;
    }
  }

  /**
   * Data after the last object are what a crash leaves of writes that were never synced, and the next append
   * may cut them off. So is a part of a record at the end of the index: it was never completed, and the next
   * record covers it. Unless something says that the index once was longer: a copy of it that stopped early.
   */
  #lostRecords(): string | undefined {
    const excess = this.#data.size - this.#index.end;
    const torn = this.#indexFile.size % RECORD !== 0;
    const after = `${this.#data.path} holds ${excess} bytes after the last object in ${this.#indexFile.path}`;
    if (excess > 0 && !this.#meta.hasHeader) return `${after}, and the filemark map is gone`;
    if (excess > 0 && this.#meta.listsBeyond(this.#index.length))
      return `${after}, and the filemark map counts filemarks there`;
    if (torn && excess > LONGEST_PAYLOAD) return `${after}, which ends in the middle of a record`;
    return undefined;
  }

  /** Whether the end of the index is the end of data. */
  get whole(): boolean {
    return this.#damage === undefined;
  }

  get endOfData(): number {
    return this.#index.length;
  }

  get index(): ObjectIndex {
    return this.#index;
  }

  /** Objects accepted and not yet in the store. */
  get writer(): BlockWriter {
    return this.#writer;
  }

  #damaged(): MediumError {
    return new MediumError(
      'damaged',
      `partition ${this.#number} is damaged from object ${this.#index.length} on: ${this.#damage}. What is before can be read, and overwritten on purpose; to keep what is after, restore the files from a copy`,
    );
  }

  kindAt(position: number): ObjectKind {
    if (position < this.#index.length)
      return this.#index.isFilemark(position) ? 'filemark' : 'block';
    if (this.#damage) throw this.#damaged();
    return 'end of data';
  }

  encryptionAt(position: number): BlockInfo['encryption'] {
    if (position >= this.#index.length || this.#index.isFilemark(position)) return 'none';
    return encryptionOf(this.#index.entry(position).flags);
  }

  firstEncrypted(): FirstEncrypted {
    return this.#index.firstEncrypted();
  }

  async blockInfo(position: number): Promise<BlockInfo> {
    this.#writer.throwDeferred();
    await this.#writer.drain();
    if (this.kindAt(position) !== 'block') throw new RangeError(`object ${position} is no block`);
    const bytes = new Uint8Array(RECORD);
    await this.#indexFile.readLater(bytes, position * RECORD);
    return describeBlock(bytes);
  }

  #where(position: number): string {
    return `object ${position} in ${this.#data.path}`;
  }

  /** What is to be read of a block. A sealed one is taken out as it is. */
  #wanted(number: number, { offset, size, storedSize, flags }: ObjectEntry): WantedBlock {
    const sealed = (flags & BLOCK_FLAGS.sealed) !== 0;
    return sealed
      ? { offset, storedSize, size: storedSize, kind: codecKinds.plain }
      : { offset, storedSize, size, kind: codecKindOf(flags, () => this.#where(number)) };
  }

  #readableAhead(number: number): WantedBlock | undefined {
    if (number >= this.#index.settled || this.#index.isFilemark(number)) return undefined;
    try {
      return this.#wanted(number, this.#index.entry(number));
    } catch {
      return undefined;
    }
  }

  read(position: number, into: Uint8Array, how: ReadOptions): Awaitable<ReadOutcome> {
    this.#writer.throwDeferred();
    if (this.#writer.objects > 0)
      return this.#writer.drain().then(() => this.read(position, into, how));
    const kind = this.kindAt(position);
    if (kind !== 'block') {
      this.#ahead.passed(position);
      return { kind };
    }
    if (!this.#keepsData)
      throw new MediumError(
        'unreadable',
        `${this.#where(position)} was not kept: the cartridge is a NULL one`,
      );
    const entry = this.#index.entry(position);
    if (entry.flags & BLOCK_FLAGS.sealed)
      return this.#readSealed(position, entry, into, how.unseal);
    const direct = into.length >= entry.size;
    const room = direct ? into : this.#room(entry.size);
    const finish = (outcome: Unpacked): ReadOutcome => {
      this.#verify(position, entry, outcome);
      if (!direct) into.set(room.subarray(0, into.length));
      return { kind: 'block', length: entry.size };
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
      throw new MediumError('sealed', `${this.#where(position)} is encrypted, and there is no key`);
    const sealed = new Uint8Array(entry.storedSize);
    const outcome = await this.#ahead.read(position, this.#wanted(position, entry), sealed);
    this.#verify(position, entry, outcome);
    const payload = unseal.unseal(sealed, await this.blockInfo(position));
    const kind = codecKindOf(entry.flags, () => this.#where(position));
    const block = kind === codecKinds.plain ? payload : uncompressed(payload, entry.size, kind);
    if (block?.length !== entry.size)
      throw new MediumError('damaged', `${this.#where(position)} is not what was encrypted`);
    into.set(block.subarray(0, into.length));
    return { kind: 'block', length: entry.size };
  }

  #verify(position: number, { flags, crc }: ObjectEntry, outcome: Unpacked): void {
    if (!outcome.good)
      throw new MediumError(
        'damaged',
        `${this.#where(position)} is not as long as the index says, or no compressed block`,
      );
    if (flags & BLOCK_FLAGS.crc && outcome.crc !== crc)
      throw new MediumError('damaged', `${this.#where(position)} does not match its checksum`);
  }

  /** `length` bytes to work in, good until the next call. */
  #room(length: number): Uint8Array {
    if (this.#scratch.length < length) this.#scratch = new Uint8Array(length);
    return this.#scratch.subarray(0, length);
  }

  write(position: number, block: Uint8Array, how: WriteOptions): Awaitable<void> {
    this.#writer.throwDeferred();
    if (position === this.#index.length && this.#ready && position <= LAST_NUMBER)
      return this.#writer.accept(block, how);
    return this.#prepare(position, 1).then(() => this.#writer.accept(block, how));
  }

  async writeFilemarks(position: number, count: number): Promise<void> {
    this.#writer.throwDeferred();
    if (count === 0) return;
    if (position !== this.#index.length || !this.#ready || position + count - 1 > LAST_NUMBER)
      await this.#prepare(position, count);
    for (let left = count; left > 0; left--) {
      const accepted = this.#writer.acceptFilemark();
      if (accepted) await accepted;
    }
  }

  #target(): WriteTarget {
    return {
      partition: this.#number,
      data: this.#keepsData ? this.#data.descriptor : -1,
      index: this.#indexFile.descriptor,
      direct: this.#data.direct,
      append: (batch) => this.#append(batch),
      restore: (batch) => this.#restore(batch),
      appended: (next) => {
        if (this.#keepsData) this.#data.wrote(this.#index.offset(next));
        this.#indexFile.wrote(next * RECORD);
      },
    };
  }

  /** Puts objects into the files. When it fails, none of them is there. */
  async #append(batch: ObjectBatch): Promise<void> {
    const { first, offset, payload, records } = batch;
    try {
      if (this.#keepsData && payload.length > 0) await this.#data.write(payload, offset);
      await this.#indexFile.write([records], first * RECORD);
    } catch (error) {
      await this.#restore(batch);
      throw error;
    }
  }

  async #restore({ first, offset }: ObjectBatch): Promise<void> {
    this.#ready = false;
    await this.#indexFile.restore(first * RECORD);
    if (this.#keepsData) await this.#data.restore(offset);
  }

  /** Makes `position` the end of data, for `count` objects to be put there. */
  async #prepare(position: number, count: number): Promise<void> {
    await this.truncate(position);
    if (position + count - 1 > LAST_NUMBER)
      throw new MediumError('no space', `partition ${this.#number} has as many objects as it can`);
    this.#ahead.clear();
    this.#touched = true;
    await this.#tidy();
    this.#writer.start();
    this.#ready = true;
  }

  /** Makes the files end where the index ends. */
  async #tidy(): Promise<void> {
    /* Another program would trust the map, and the next block must not stand after bytes of a lost one. */
    if (!this.#meta.agrees(this.#index) || this.#meta.synced !== this.#synced) {
      await this.#meta.save(this.#index, this.#index.filemarkCount, this.#synced);
      await this.#meta.sync();
    }
    await this.#indexFile.truncate(this.#index.length * RECORD);
    if (this.#keepsData) await this.#data.truncate(this.#index.end);
  }

  /** Makes `position` the end of data, and the damage there was after it no more. */
  async truncate(position: number): Promise<void> {
    this.#writer.throwDeferred();
    await this.#writer.drain();
    if (position > this.#index.length)
      throw new RangeError(`position ${position} is past object ${this.#index.length}`);
    if (position < this.#index.length) await this.#cut(position);
    else if (this.#damage) throw this.#damaged();
  }

  async #cut(position: number): Promise<void> {
    this.#ahead.clear();
    this.#touched = true;
    this.#ready = false;
    this.#synced = Math.min(this.#synced, position);
    await this.#meta.save(this.#index, this.#index.filemarksBefore(position), this.#synced);
    await this.#meta.sync();
    await this.#indexFile.truncate(position * RECORD);
    this.#index.truncate(position);
    this.#damage = undefined;
    /* Else the machine may die with an old index and new data. */
    await this.#indexFile.sync();
    if (this.#keepsData) await this.#data.truncate(this.#index.end);
  }

  /** Returns when all objects are on stable storage: first what is pointed at, then what points, then the count. */
  async sync(): Promise<void> {
    this.#writer.throwDeferred();
    await this.#writer.drain();
    if (!this.#touched) return;
    if (!this.#isTidy()) await this.#tidy();
    await this.#data.sync();
    await this.#indexFile.sync();
    this.#synced = this.#index.length;
    await this.#meta.save(this.#index, this.#index.filemarkCount, this.#synced);
    await this.#meta.sync();
    this.#touched = false;
    this.#ready = false;
  }

  /** Before the files are closed: everything accepted is in them, and the map with it. Gives memory back. */
  async finish(): Promise<void> {
    try {
      await this.#writer.drain();
      if (this.#touched)
        await this.#meta.save(this.#index, this.#index.filemarkCount, this.#synced);
    } finally {
      this.#release();
    }
  }

  #release(): void {
    this.#writer.release();
    this.#ahead.clear();
    this.#scratch = new Uint8Array();
  }
}

/** What was compressed to `payload`; undefined when that is no good stream. */
function uncompressed(payload: Uint8Array, size: number, kind: CodecKind): Uint8Array | undefined {
  const block = new Uint8Array(size);
  const results = new Uint32Array(2);
  addon().unpackBlock(payload, block, kind, results);
  return results[0] === 1 ? block : undefined;
}

/** Whether the stored bytes of a block are those its record tells of. */
function isIntact({ flags, size, crc }: ObjectEntry, stored: Uint8Array): boolean {
  const kind = codecKindOf(flags, () => 'the block');
  const asStored = (flags & BLOCK_FLAGS.sealed) !== 0 || kind === codecKinds.plain;
  const block = asStored ? stored : uncompressed(stored, size, kind);
  if (!block) return false;
  return (flags & BLOCK_FLAGS.crc) === 0 || addon().crc32c(block, 0) === crc;
}
