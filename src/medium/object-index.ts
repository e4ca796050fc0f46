// SPDX-License-Identifier: GPL-2.0-or-later
// The objects of a partition in memory: a few numbers each, so that a million of them are opened at once.
import { type FirstEncrypted, FirstEncryptedBlock } from './first-encrypted.js';
import { encryptionOf } from './index-record.js';

/** One object. Of a filemark only `offset` says anything. */
export interface ObjectEntry {
  readonly filemark: boolean;
  /** Where its payload is in the data file. */
  readonly offset: number;
  /** Bytes the host wrote. */
  readonly size: number;
  /** Bytes in the data file. */
  readonly storedSize: number;
  /** `flags` of the index record. */
  readonly flags: number;
  readonly crc: number;
}

const FILEMARK = { size: 0, storedSize: 0, flags: 0, crc: 0 };

/** A growing column of a table. */
class Column<A extends Uint32Array | Float64Array> {
  #values: A;
  readonly #make: (length: number) => A;

  constructor(make: (length: number) => A, capacity: number) {
    this.#make = make;
    this.#values = make(Math.max(capacity, 64));
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  put(index: number, value: number): void {
    if (index >= this.#values.length) {
      const longer = this.#make(this.#values.length * 2);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[index] = value;
  }
}

const uint32 = (length: number) => new Uint32Array(length);
const float64 = (length: number) => new Float64Array(length);
/** Stands for a filemark in the column of flags. No block has all of them. */
const IS_FILEMARK = 0xffffffff;

export class ObjectIndex {
  readonly #offsets: Column<Float64Array>;
  readonly #sizes: Column<Uint32Array>;
  readonly #storedSizes: Column<Uint32Array>;
  readonly #crcs: Column<Uint32Array>;
  readonly #flags: Column<Uint32Array>;
  readonly #filemarks = new Column(uint32, 0);
  #length = 0;
  #settled = 0;
  #filemarkCount = 0;

  readonly #firstEncrypted = new FirstEncryptedBlock((number) => {
    if (this.isFilemark(number)) return 'no block';
    return encryptionOf(this.#flags.at(number)) === 'none' ? 'clear' : 'encrypted';
  });

  /** @param capacity objects to make room for at first */
  constructor(capacity = 0) {
    this.#offsets = new Column(float64, capacity);
    this.#sizes = new Column(uint32, capacity);
    this.#storedSizes = new Column(uint32, capacity);
    this.#crcs = new Column(uint32, capacity);
    this.#flags = new Column(uint32, capacity);
  }

  /** Number of objects. */
  get length(): number {
    return this.#length;
  }

  get filemarkCount(): number {
    return this.#filemarkCount;
  }

  /** Object number of the `index`-th filemark, counted from 0. */
  filemark(index: number): number {
    return this.#filemarks.at(index);
  }

  isFilemark(number: number): boolean {
    return this.#flags.at(number) === IS_FILEMARK;
  }

  /** The object `number`, which there is. */
  entry(number: number): ObjectEntry {
    const offset = this.#offsets.at(number);
    if (this.isFilemark(number)) return { filemark: true, offset, ...FILEMARK };
    return {
      filemark: false,
      offset,
      size: this.#sizes.at(number),
      storedSize: this.#storedSizes.at(number),
      flags: this.#flags.at(number),
      crc: this.#crcs.at(number),
    };
  }

  /** Objects, from the first, of which it is known how they are stored. */
  get settled(): number {
    return this.#settled;
  }

  /** Where the payload of the next object to be settled goes. */
  get settledEnd(): number {
    if (this.#settled === 0) return 0;
    return this.#offsets.at(this.#settled - 1) + this.#storedSizes.at(this.#settled - 1);
  }

  /** Bytes of payload before the object `number`, or before the end of data; of unsettled ones, the most it can be. */
  offset(number: number): number {
    if (number < this.#settled) return this.#offsets.at(number);
    if (number === this.#settled) return this.settledEnd;
    return this.settledEnd + this.#provisional(number) - this.#provisional(this.#settled);
  }

  /** Offsets of unsettled objects count from an origin of their own. */
  #provisional(number: number): number {
    if (number < this.#length) return this.#offsets.at(number);
    return this.#offsets.at(number - 1) + this.#storedSizes.at(number - 1);
  }

  /** Where the payload of the next block goes. */
  get end(): number {
    return this.offset(this.#length);
  }

  /** Adds a block that will be stored in at most `most` bytes, with these `flags` or more; {@link settleBlock} tells. */
  acceptBlock(size: number, most: number, flags: number): void {
    this.#add(flags, size, most, 0);
  }

  acceptFilemark(): void {
    this.#filemarks.put(this.#filemarkCount++, this.#length);
    this.#add(IS_FILEMARK, 0, 0, 0);
  }

  /** Tells how the first unsettled object, a block, is stored. */
  settleBlock(storedSize: number, flags: number, crc: number): void {
    const number = this.#settled;
    const end = this.settledEnd;
    /* What follows counts its offsets from the end of this one, as it was thought to be. */
    this.#offsets.put(number, end);
    this.#flags.put(number, flags);
    this.#storedSizes.put(number, storedSize);
    this.#crcs.put(number, crc);
    this.#settled = number + 1;
  }

  /** The first unsettled object is a filemark. */
  settleFilemark(): void {
    const end = this.settledEnd;
    this.#offsets.put(this.#settled++, end);
  }

  addBlock(size: number, storedSize: number, flags: number, crc: number): void {
    this.acceptBlock(size, storedSize, flags);
    this.settleBlock(storedSize, flags, crc);
  }

  addFilemark(): void {
    this.acceptFilemark();
    this.settleFilemark();
  }

  #add(flags: number, size: number, most: number, crc: number): void {
    const number = this.#length;
    this.#offsets.put(number, number === this.#settled ? 0 : this.#provisional(number));
    this.#flags.put(number, flags);
    this.#sizes.put(number, size);
    this.#storedSizes.put(number, most);
    this.#crcs.put(number, crc);
    this.#length = number + 1;
  }

  /** Where encrypted blocks begin. Looks only at what was added since it was asked before. */
  firstEncrypted(): FirstEncrypted {
    return this.#firstEncrypted.find(this.#length);
  }

  /** Drops the object `length` and those after it. */
  truncate(length: number): void {
    this.#length = length;
    this.#settled = Math.min(this.#settled, length);
    this.#filemarkCount = this.filemarksBefore(length);
    this.#firstEncrypted.truncate(length);
  }

  /** Number of filemarks before the object `number`. */
  filemarksBefore(number: number): number {
    let low = 0;
    let high = this.#filemarkCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#filemarks.at(middle) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
