// SPDX-License-Identifier: GPL-2.0-or-later
// Declared layouts: a table of fields from which size, mask, encode and decode are computed.

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

const ones = (length: number): Uint8Array => new Uint8Array(length).fill(0xff);

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

const uint = (at: number, length: number): Field<number> => ({
  at,
  mask: ones(length),
  zero: 0,
  read: (bytes, offset) => readUint(bytes, offset + at, length),
  write: (bytes, offset, value) => writeUint(bytes, offset + at, length, value),
});

export const u8 = (at: number): Field<number> => uint(at, 1);
export const u16 = (at: number): Field<number> => uint(at, 2);
export const u24 = (at: number): Field<number> => uint(at, 3);
export const u32 = (at: number): Field<number> => uint(at, 4);
export const u48 = (at: number): Field<number> => uint(at, 6);
/** A 64-bit unsigned integer that stays below 2^53, for whoever reads it all the time. */
export const safe64 = (at: number): Field<number> => uint(at, 8);

/* Most have few digits; every step of a calculation with bigints would make another one. */
const joined = (upper: number, lower: number): bigint =>
  upper === 0 ? BigInt(lower) : (BigInt(upper) << 32n) | BigInt(lower);
const high = (value: bigint): number => Number((value >> 32n) & 0xffffffffn);
const low = (value: bigint): number => Number(value & 0xffffffffn);

/** A 64-bit unsigned integer, as `bigint`. */
export const u64 = (at: number): Field<bigint> => ({
  at,
  mask: ones(8),
  zero: 0n,
  read: (bytes, offset) =>
    joined(readUint(bytes, offset + at, 4), readUint(bytes, offset + at + 4, 4)),
  write(bytes, offset, value) {
    writeUint(bytes, offset + at, 4, high(value));
    writeUint(bytes, offset + at + 4, 4, low(value));
  },
});

const signed = (at: number, length: number): Field<number> => {
  const unsigned = uint(at, length);
  const range = 256 ** length;
  return {
    ...unsigned,
    read(bytes, offset) {
      const value = unsigned.read(bytes, offset);
      return value >= range / 2 ? value - range : value;
    },
    write: (bytes, offset, value) =>
      unsigned.write(bytes, offset, value < 0 ? value + range : value),
  };
};

/** A 24-bit two's complement integer (COUNT of SPACE(6)). */
export const i24 = (at: number): Field<number> => signed(at, 3);
/** A 32-bit two's complement integer. */
export const i32 = (at: number): Field<number> => signed(at, 4);

/** A 64-bit two's complement integer (COUNT of SPACE(16)). */
export const i64 = (at: number): Field<bigint> => {
  const unsigned = u64(at);
  return {
    ...unsigned,
    read: (bytes, offset) => BigInt.asIntN(64, unsigned.read(bytes, offset)),
    write: (bytes, offset, value) => unsigned.write(bytes, offset, BigInt.asUintN(64, value)),
  };
};

/** `bits(1, 4, 2)`: byte 1, most significant bit 4, two bits wide, as the standards' tables read. */
export function bits(at: number, msb: number, width: number): Field<number> {
  const shift = msb - width + 1;
  const mask = ((1 << width) - 1) << shift;
  if (shift < 0 || msb > 7) throw new RangeError(`bits(${at}, ${msb}, ${width}) leaves its byte`);
  return {
    at,
    mask: Uint8Array.of(mask),
    zero: 0,
    read: (bytes, offset) => (bytes[offset + at]! & mask) >> shift,
    write(bytes, offset, value) {
      bytes[offset + at] = (bytes[offset + at]! & ~mask) | ((value << shift) & mask);
    },
  };
}

/** One bit, as a boolean. */
export function bit(at: number, position: number): Field<boolean> {
  const field = bits(at, position, 1);
  return {
    ...field,
    zero: false,
    read: (bytes, offset) => field.read(bytes, offset) !== 0,
    write: (bytes, offset, value) => field.write(bytes, offset, value ? 1 : 0),
  };
}

/** Left-aligned ASCII, padded with blanks (SPC, "ASCII data field requirements"). */
export const ascii = (at: number, length: number): Field<string> => ({
  at,
  mask: ones(length),
  zero: '',
  read: (bytes, offset) =>
    String.fromCharCode(...bytes.subarray(offset + at, offset + at + length)).replace(
      /[\0 ]+$/,
      '',
    ),
  write(bytes, offset, value) {
    for (let i = 0; i < length; i++)
      bytes[offset + at + i] = i < value.length ? value.charCodeAt(i) & 0x7f : 0x20;
  },
});

/** Bytes without further structure. Shorter values are padded with zeros. */
export const raw = (at: number, length: number): Field<Uint8Array> => ({
  at,
  mask: ones(length),
  zero: new Uint8Array(length),
  read: (bytes, offset) => bytes.slice(offset + at, offset + at + length),
  write(bytes, offset, value) {
    const fits = value.length > length ? value.subarray(0, length) : value;
    bytes.set(fits, offset + at);
    bytes.fill(0, offset + at + fits.length, offset + at + length);
  },
});

/** A field whose bytes run from the least significant one (host order on disk and in the kernel ABI). */
export function littleEndian<T extends number | bigint>(field: Field<T>): Field<T> {
  const length = field.mask.length;
  const scratch = new Uint8Array(field.at + length);
  return {
    ...field,
    read(bytes, offset) {
      for (let i = 0; i < length; i++)
        scratch[field.at + i] = bytes[offset + field.at + length - 1 - i]!;
      return field.read(scratch, 0);
    },
    write(bytes, offset, value) {
      field.write(scratch, 0, value);
      for (let i = 0; i < length; i++)
        bytes[offset + field.at + i] = scratch[field.at + length - 1 - i]!;
    },
  };
}

/** Any table of fields. The value types are inferred, see {@link Values}. */
// biome-ignore lint/suspicious/noExplicitAny: a table's fields have many value types; Values<F> recovers each.
export type Fields = Readonly<Record<string, Field<any>>>;
export type Values<F extends Fields> = {
  -readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

/** A structure of `size` bytes and everything that follows from its table. */
export interface Layout<F extends Fields> {
  readonly size: number;
  readonly fields: F;
  /** Union of the fields' bits; a zero bit is reserved. */
  readonly mask: Uint8Array;
  decode(bytes: Uint8Array, offset?: number): Values<F>;
  encode(values: Partial<Values<F>>): Uint8Array;
  /** Writes the given fields into existing bytes and leaves the other bits alone. */
  patch(bytes: Uint8Array, values: Partial<Values<F>>, offset?: number): void;
}

/** The union of the masks of `fields` in a structure of `size` bytes; refuses overlaps. */
function unionMask(size: number, fields: Fields): Uint8Array {
  const mask = new Uint8Array(size);
  for (const [name, field] of Object.entries(fields))
    field.mask.forEach((bitsOfField, i) => {
      const at = field.at + i;
      if (at >= size) throw new RangeError(`${name} ends past byte ${size - 1}`);
      if (mask[at]! & bitsOfField) throw new RangeError(`${name} overlaps a field in byte ${at}`);
      mask[at]! |= bitsOfField;
    });
  return mask;
}

/**
 * Declares a structure.
 * @param size bytes
 * @param fields name -> place, e.g. `{ SILI: bit(1, 1), transferLength: u24(2) }`
 * @throws RangeError at load when fields overlap or leave the structure
 */
export function layout<const F extends Fields>(size: number, fields: F): Layout<F> {
  const mask = unionMask(size, fields);
  const entries = Object.entries(fields);
  const patch = (bytes: Uint8Array, values: Partial<Values<F>>, offset = 0): void => {
    for (const name in values) {
      const value = values[name];
      if (value !== undefined) fields[name]!.write(bytes, offset, value);
    }
  };
  return {
    size,
    fields,
    mask,
    patch,
    decode(bytes, offset = 0) {
      const values: Record<string, unknown> = {};
      for (const [name, field] of entries) values[name] = field.read(bytes, offset);
      return values as Values<F>;
    },
    encode(values) {
      const bytes = new Uint8Array(size);
      for (const [name, field] of entries)
        field.write(bytes, 0, (values as Record<string, unknown>)[name] ?? field.zero);
      return bytes;
    },
  };
}

/** Joins byte arrays. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
