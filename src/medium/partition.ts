// SPDX-License-Identifier: GPL-2.0-or-later
// One partition of a cartridge on disk: the files data.N, indx.N and meta.N as one sequence of objects.
import type { ObjectBatch } from '../addon/addon.js';
import { BlockReader } from './block-reader.js';
import { BlockWriter, type WriteTarget } from './block-writer.js';
import type { FirstEncrypted } from './first-encrypted.js';
import { encryptionOf, indexRecord, LAST_NUMBER } from './index-record.js';
import { loadPartition, type PartitionOptions } from './load-partition.js';
import type { MetaFile } from './meta-file.js';
import type { ObjectIndex } from './object-index.js';
import type { PartitionFiles } from './partition-files.js';
import type { StoreFile } from './store-file.js';
import type { Moved } from './usage-history.js';
import {
  type Awaitable,
  type BlockInfo,
  MediumError,
  type ObjectKind,
  type ReadOptions,
  type ReadOutcome,
  type WriteOptions,
} from './volume.js';
import { lostFrom, writeAgain } from './write-again.js';

const RECORD = indexRecord.size;

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
  readonly #reader: BlockReader;
  /** Why the end of the index is not the end of data; undefined when it is. */
  #damage: string | undefined;
  /** Objects that are on stable storage. */
  #synced: number;
  /** The files end where the index ends, so that the next object can be appended. */
  #ready = false;
  /** There is something that a sync must make final: what was written, or cut off after a crash. */
  #touched = false;
  #written = 0;
  /** A sync failed: what was written since the one before may be gone, whatever the next one says. */
  #doubtful = false;

  /**
   * @param files open
   * @throws MediumError `'unreadable'`
   */
  constructor(number: number, files: PartitionFiles, options: PartitionOptions) {
    const { meta, index, damage, synced, decided } = loadPartition(files, options);
    this.#number = number;
    this.#keepsData = options.keepsData;
    this.#data = files.data;
    this.#indexFile = files.indx;
    this.#meta = meta;
    this.#index = index;
    this.#damage = damage;
    this.#synced = synced;
    this.#touched = decided && !options.readOnly && (synced < index.length || !this.#isTidy());
    /* What a program wrote that died since may be in memory only. */
    if (this.#touched) for (const file of [files.data, files.indx]) file.wrote(file.size);
    this.#writer = new BlockWriter(this.#target(), index);
    this.#reader = new BlockReader(files, index);
  }

  /** Whether the files end where the index ends. */
  #isTidy(): boolean {
    const { length, end } = this.#index;
    return (
      this.#indexFile.size === length * RECORD && (!this.#keepsData || this.#data.size === end)
    );
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
    return this.#reader.info(position);
  }

  read(position: number, into: Uint8Array, how: ReadOptions): Awaitable<ReadOutcome> {
    this.#writer.throwDeferred();
    if (this.#writer.objects > 0)
      return this.#writer.drain().then(() => this.read(position, into, how));
    const kind = this.kindAt(position);
    if (kind !== 'block') {
      this.#reader.passed(position);
      return { kind };
    }
    if (!this.#keepsData)
      throw new MediumError(
        'unreadable',
        `${this.#reader.where(position)} was not kept: the cartridge is a NULL one`,
      );
    return this.#reader.read(position, into, how);
  }

  /** Bytes that hosts wrote and read since it was opened. */
  get moved(): Moved {
    return { written: this.#written, read: this.#reader.bytesRead };
  }

  write(position: number, block: Uint8Array, how: WriteOptions): Awaitable<void> {
    this.#writer.throwDeferred();
    this.#written += block.length;
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
    this.#reader.forget();
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
    this.#reader.forget();
    this.#touched = true;
    this.#ready = false;
    this.#synced = Math.min(this.#synced, position);
    await this.#meta.save(this.#index, this.#index.filemarksBefore(position), this.#synced);
    await this.#meta.sync();
    await this.#indexFile.truncate(position * RECORD);
    this.#index.truncate(position);
    this.#damage = undefined;
    /* Else the machine may die with an old index and new data. */
    await this.#syncFile(this.#indexFile);
    if (this.#keepsData) await this.#data.truncate(this.#index.end);
  }

  /** Returns when all objects are on stable storage: first what is pointed at, then what points, then the count. */
  async sync(): Promise<void> {
    this.#writer.throwDeferred();
    await this.#writer.drain();
    if (!this.#touched) return;
    if (this.#doubtful) await this.#writeAgain();
    if (!this.#isTidy()) await this.#tidy();
    await this.#syncFile(this.#data);
    await this.#syncFile(this.#indexFile);
    this.#doubtful = false;
    this.#synced = this.#index.length;
    await this.#meta.save(this.#index, this.#index.filemarkCount, this.#synced);
    await this.#meta.sync();
    this.#touched = false;
    this.#ready = false;
  }

  async #syncFile(file: StoreFile): Promise<void> {
    try {
      await file.sync();
    } catch (error) {
      this.#doubtful = true;
      throw error;
    }
  }

  /** What a failed sync left in doubt is written once more, or given up. */
  async #writeAgain(): Promise<void> {
    const files = { data: this.#data, indx: this.#indexFile };
    const end = await writeAgain(files, this.#index, this.#synced, this.#keepsData);
    if (end === this.#index.length) return;
    await this.#cut(end);
    throw lostFrom(this.#reader.where(end), { partition: this.#number, position: end });
  }

  /** Before the files are closed: everything accepted is in them, and the map with it. Gives memory back. */
  async finish(): Promise<void> {
    try {
      await this.#writer.drain();
      if (this.#touched)
        await this.#meta.save(this.#index, this.#index.filemarkCount, this.#synced);
    } finally {
      this.#writer.release();
      this.#reader.release();
    }
  }
}
