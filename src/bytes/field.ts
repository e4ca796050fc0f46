// SPDX-License-Identifier: GPL-2.0-or-later
// Places in a structure that hold numbers: whole bytes, or bits of one.

/** A place in a structure that holds one value of type `T`. */
export interface Field<T> {
  /** First byte, counted from the start of the structure. */
  readonly at: number;
  /** The bits the field occupies, one byte per byte from `at`. */
  readonly mask: Uint8Array;
  /** The value of a structure whose bytes are all zero. */
  readonly zero: T;
  read(bytes: Uint8Array, offset: number): T;
  write(bytes: Uint8Array, offset: number, value: T): void;
}

const masks = new Map<number, Uint8Array>();

/** `length` bytes of ones: one array for all who ask, since there are thousands of fields. */
export function ones(length: number): Uint8Array {
  const known = masks.get(length) ?? new Uint8Array(length).fill(0xff);
  masks.set(length, known);
  return known;
}

/** Reads a big-endian unsigned integer of at most six bytes, or of more that is a safe integer. */
export function readUint(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i++) value = value * 256 + bytes[at + i]!;
  return value;
}

/** Writes a big-endian unsigned integer that is a safe one. */
export function writeUint(bytes: Uint8Array, at: number, length: number, value: number): void {
  let rest = value;
  for (let i = length - 1; i >= 0; i--) {
    bytes[at + i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/* Most have few digits; every step of a calculation with bigints would make another one. */
const joined = (upper: number, lower: number): bigint =>
  upper === 0 ? BigInt(lower) : (BigInt(upper) << 32n) | BigInt(lower);
const high = (value: bigint): number => Number((value >> 32n) & 0xffffffffn);
const low = (value: bigint): number => Number(value & 0xffffffffn);

/* Classes, not objects with functions of their own: a daemon has two thousand fields. */
export class Uint implements Field<number> {
  readonly at: number;
  readonly length: number;

  constructor(at: number, length: number) {
    this.at = at;
    this.length = length;
  }

  get mask(): Uint8Array {
    return ones(this.length);
  }

  get zero(): number {
    return 0;
  }

  read(bytes: Uint8Array, offset: number): number {
    return readUint(bytes, offset + this.at, this.length);
  }

  write(bytes: Uint8Array, offset: number, value: number): void {
    writeUint(bytes, offset + this.at, this.length, value);
  }
}

export class Uint64 implements Field<bigint> {
  readonly at: number;

  constructor(at: number) {
    this.at = at;
  }

  get mask(): Uint8Array {
    return ones(8);
  }

  get zero(): bigint {
    return 0n;
  }

  read(bytes: Uint8Array, offset: number): bigint {
    const at = offset + this.at;
    return joined(readUint(bytes, at, 4), readUint(bytes, at + 4, 4));
  }

  write(bytes: Uint8Array, offset: number, value: bigint): void {
    writeUint(bytes, offset + this.at, 4, high(value));
    writeUint(bytes, offset + this.at + 4, 4, low(value));
  }
}

/** Two's complement. */
export class Int extends Uint {
  override read(bytes: Uint8Array, offset: number): number {
    const value = super.read(bytes, offset);
    const range = 256 ** this.length;
    return value >= range / 2 ? value - range : value;
  }

  override write(bytes: Uint8Array, offset: number, value: number): void {
    super.write(bytes, offset, value < 0 ? value + 256 ** this.length : value);
  }
}

export class Int64 extends Uint64 {
  override read(bytes: Uint8Array, offset: number): bigint {
    return BigInt.asIntN(64, super.read(bytes, offset));
  }

  override write(bytes: Uint8Array, offset: number, value: bigint): void {
    super.write(bytes, offset, BigInt.asUintN(64, value));
  }
}

/** Some bits of one byte. */
abstract class Part {
  readonly at: number;
  /** The bits, where they are in the byte. */
  protected readonly ones: number;
  protected readonly shift: number;

  constructor(at: number, msb: number, width: number) {
    const shift = msb - width + 1;
    if (shift < 0 || msb > 7) throw new RangeError(`bits(${at}, ${msb}, ${width}) leaves its byte`);
    this.at = at;
    this.ones = ((1 << width) - 1) << shift;
    this.shift = shift;
  }

  get mask(): Uint8Array {
    return Uint8Array.of(this.ones);
  }

  protected get(bytes: Uint8Array, offset: number): number {
    return (bytes[offset + this.at]! & this.ones) >> this.shift;
  }

  protected set(bytes: Uint8Array, offset: number, value: number): void {
    const others = bytes[offset + this.at]! & ~this.ones;
    bytes[offset + this.at] = others | ((value << this.shift) & this.ones);
  }
}

export class Bits extends Part implements Field<number> {
  get zero(): number {
    return 0;
  }

  read(bytes: Uint8Array, offset: number): number {
    return this.get(bytes, offset);
  }

  write(bytes: Uint8Array, offset: number, value: number): void {
    this.set(bytes, offset, value);
  }
}

export class Bit extends Part implements Field<boolean> {
  get zero(): boolean {
    return false;
  }

  read(bytes: Uint8Array, offset: number): boolean {
    return this.get(bytes, offset) !== 0;
  }

  write(bytes: Uint8Array, offset: number, value: boolean): void {
    this.set(bytes, offset, value ? 1 : 0);
  }
}
