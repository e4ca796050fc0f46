// SPDX-License-Identifier: GPL-2.0-or-later
// One partition of a cartridge on disk: the files data.N, indx.N and meta.N as one sequence of objects.
import { concat } from '../bytes/layout.js';
import { codecOf, stored } from './codec.js';
import { crc32c } from './crc32c.js';
import {
  BLOCK_FLAGS,
  describeBlock,
  encryptionOf,
  indexRecord,
  OBJECT_TYPES,
  sealFields,
} from './index-record.js';
import { loadIndex } from './load-index.js';
import { MetaFile } from './meta-file.js';
import type { ObjectEntry, ObjectIndex } from './object-index.js';
import type { StoreFile } from './store-file.js';
import {
  type BlockInfo,
  MediumError,
  type ObjectKind,
  type ReadOptions,
  type ReadOutcome,
  type WriteOptions,
} from './volume.js';

const RECORD = indexRecord.size;
/** Highest object number other programs write. */
const LAST_NUMBER = 0xfffffff0;
/** Longest payload of one block: 16 MiB that a compression made longer (by n/16 + 67 in the worst one). */
const LONGEST_PAYLOAD = 2 ** 24 + 2 ** 20 + 67;
/** Filemarks written in one go. */
const MARKS = 8192;

/** Paths of the files of a partition. */
export const partitionFiles = (directory: string, partition: number) => ({
  data: `${directory}/data.${partition}`,
  indx: `${directory}/indx.${partition}`,
  meta: `${directory}/meta.${partition}`,
});

/** The files themselves. */
export type PartitionFiles = Readonly<Record<keyof ReturnType<typeof partitionFiles>, StoreFile>>;

/**
 * Objects are appended in the order data, index, map, and removed in the order map, index, data. So a process
 * that dies in between leaves data nobody points at, or a map that counts too few filemarks, but never an
 * index that points at bytes which are not the object's. A machine that dies can leave anything not yet synced.
 */
export class Partition {
  readonly #number: number;
  readonly #keepsData: boolean;
  readonly #data: StoreFile;
  readonly #indexFile: StoreFile;
  readonly #meta: MetaFile;
  readonly #index: ObjectIndex;
  /** Why the end of the index is not the end of data; undefined when it is. */
  #damage: string | undefined;
  #scratch = new Uint8Array();

  /**
   * @param files open
   * @param keepsData false for a NULL cartridge, which forgets what is written
   * @param mapAt where the filemark map begins in its file
   * @throws MediumError `'unreadable'`
   */
  constructor(number: number, files: PartitionFiles, keepsData: boolean, mapAt: number) {
    this.#number = number;
    this.#keepsData = keepsData;
    this.#data = files.data;
    this.#indexFile = files.indx;
    this.#meta = new MetaFile(files.meta, mapAt);
    const dataSize = keepsData ? this.#data.size : Number.POSITIVE_INFINITY;
    const { index, damage } = loadIndex(this.#indexFile, dataSize);
    this.#index = index;
    this.#meta.compare(index);
    this.#damage = damage ?? (keepsData ? this.#lostRecords() : undefined);
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

  get endOfData(): number {
    return this.#index.length;
  }

  get index(): ObjectIndex {
    return this.#index;
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

  blockInfo(position: number): BlockInfo {
    if (this.kindAt(position) !== 'block') throw new RangeError(`object ${position} is no block`);
    const bytes = new Uint8Array(RECORD);
    this.#indexFile.read(bytes, position * RECORD);
    return describeBlock(bytes);
  }

  read(position: number, into: Uint8Array, { unseal }: ReadOptions): ReadOutcome {
    const kind = this.kindAt(position);
    if (kind !== 'block') return { kind };
    const entry = this.#index.entry(position);
    const where = (): string => `object ${position} in ${this.#data.path}`;
    if (!this.#keepsData)
      throw new MediumError('unreadable', `${where()} was not kept: the cartridge is a NULL one`);
    const sealed = (entry.flags & BLOCK_FLAGS.sealed) !== 0;
    if (sealed && !unseal)
      throw new MediumError('sealed', `${where()} is encrypted, and there is no key`);
    const codec = codecOf(entry.flags, where);
    const direct = codec === stored && !sealed && into.length >= entry.storedSize;
    const from = direct ? into.subarray(0, entry.storedSize) : this.#room(entry.storedSize);
    this.#data.read(from, entry.offset);
    if (sealed) this.#verify(from, entry, where);
    const payload = sealed && unseal ? unseal.unseal(from, this.blockInfo(position)) : from;
    const block = codec.decode(payload, entry.size);
    if (block.length !== entry.size)
      throw new MediumError(
        'damaged',
        `${where()} is ${block.length} bytes long, not ${entry.size} as the index says`,
      );
    if (!sealed) this.#verify(block, entry, where);
    if (!direct) into.set(block.subarray(0, into.length));
    return { kind, length: entry.size };
  }

  #verify(bytes: Uint8Array, entry: ObjectEntry, where: () => string): void {
    if (entry.flags & BLOCK_FLAGS.crc && crc32c(bytes) !== entry.crc)
      throw new MediumError('damaged', `${where()} does not match its checksum`);
  }

  /** `length` bytes to work in, good until the next call. */
  #room(length: number): Uint8Array {
    if (this.#scratch.length < length) this.#scratch = new Uint8Array(length);
    return this.#scratch.subarray(0, length);
  }

  write(position: number, block: Uint8Array, { seal }: WriteOptions): void {
    this.#prepare(position, 1);
    const offset = this.#index.end;
    const payload = seal ? seal.seal(block) : block;
    const flags = BLOCK_FLAGS.crc | (seal ? BLOCK_FLAGS.sealed : 0);
    const crc = crc32c(payload);
    const record = indexRecord.encode({
      dataOffset: BigInt(offset),
      type: OBJECT_TYPES.block,
      flags,
      number: position,
      size: block.length,
      storedSize: payload.length,
      crc,
      partition: this.#number,
      ...(seal && sealFields(seal)),
    });
    this.#orUndo(position, () => {
      if (this.#keepsData) this.#data.write(payload, offset);
      this.#indexFile.write(record, position * RECORD);
      this.#index.addBlock(block.length, payload.length, flags, crc);
    });
  }

  writeFilemarks(position: number, count: number): void {
    if (count === 0) return;
    this.#prepare(position, count);
    this.#orUndo(position, () => {
      for (let left = count; left > 0; left -= MARKS) this.#addFilemarks(Math.min(left, MARKS));
      this.#meta.save(this.#index);
    });
  }

  #addFilemarks(count: number): void {
    const first = this.#index.length;
    const mark = { dataOffset: BigInt(this.#index.end), type: OBJECT_TYPES.filemark };
    const records = Array.from({ length: count }, (_, i) =>
      indexRecord.encode({ ...mark, number: first + i, partition: this.#number }),
    );
    this.#indexFile.write(concat(...records), first * RECORD);
    for (let i = 0; i < count; i++) this.#index.addFilemark();
  }

  /** Makes `position` the end of data, for `count` objects to be put there. */
  #prepare(position: number, count: number): void {
    this.truncate(position);
    if (position + count - 1 > LAST_NUMBER)
      throw new MediumError('no space', `partition ${this.#number} has as many objects as it can`);
    /* Another program would trust the map, and the next block must not stand after bytes of a lost one. */
    if (!this.#meta.agrees(this.#index)) this.#meta.save(this.#index);
    if (this.#keepsData) this.#data.truncate(this.#index.end);
  }

  /** Runs `append`; when it fails, makes `position` the end of data again. */
  #orUndo(position: number, append: () => void): void {
    try {
      append();
    } catch (error) {
      this.#index.truncate(position);
      this.#indexFile.restore(position * RECORD);
      if (this.#keepsData) this.#data.restore(this.#index.end);
      throw error;
    }
  }

  /** Makes `position` the end of data, and the damage there was after it no more. */
  truncate(position: number): void {
    if (position > this.#index.length)
      throw new RangeError(`position ${position} is past object ${this.#index.length}`);
    if (position === this.#index.length) {
      if (this.#damage) throw this.#damaged();
      return;
    }
    const marks = this.#index.filemarksBefore(position);
    if (marks < this.#index.filemarkCount || !this.#meta.agrees(this.#index))
      this.#meta.save(this.#index, marks);
    this.#indexFile.truncate(position * RECORD);
    this.#index.truncate(position);
    this.#damage = undefined;
    if (this.#keepsData) this.#data.truncate(this.#index.end);
  }

  /** Returns when all objects are on stable storage: first what is pointed at, then what points. */
  sync(): void {
    this.#data.sync();
    this.#indexFile.sync();
    this.#meta.sync();
  }
}
