// SPDX-License-Identifier: GPL-2.0-or-later
// Declared layouts: a table of fields from which size, mask, encode and decode are computed.
import { Bit, Bits, type Field, Int, Int64, ones, Uint, Uint64 } from './field.js';

export { type Field, readUint, writeUint } from './field.js';

const uint = (at: number, length: number): Field<number> => new Uint(at, length);

export const u8 = (at: number): Field<number> => uint(at, 1);
export const u16 = (at: number): Field<number> => uint(at, 2);
export const u24 = (at: number): Field<number> => uint(at, 3);
export const u32 = (at: number): Field<number> => uint(at, 4);
export const u48 = (at: number): Field<number> => uint(at, 6);
/** A 64-bit unsigned integer that stays below 2^53, for whoever reads it all the time. */
export const safe64 = (at: number): Field<number> => uint(at, 8);

/** A 64-bit unsigned integer, as `bigint`. */
export const u64 = (at: number): Field<bigint> => new Uint64(at);

/** A 24-bit two's complement integer (COUNT of SPACE(6)). */
export const i24 = (at: number): Field<number> => new Int(at, 3);
/** A 32-bit two's complement integer. */
export const i32 = (at: number): Field<number> => new Int(at, 4);

/** A 64-bit two's complement integer (COUNT of SPACE(16)). */
export const i64 = (at: number): Field<bigint> => new Int64(at);

/** `bits(1, 4, 2)`: byte 1, most significant bit 4, two bits wide, as the standards' tables read. */
export const bits = (at: number, msb: number, width: number): Field<number> =>
  new Bits(at, msb, width);

/** One bit, as a boolean. */
export const bit = (at: number, position: number): Field<boolean> => new Bit(at, position, 1);

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
  get zero() {
    return new Uint8Array(length);
  },
  read: (bytes, offset) => bytes.slice(offset + at, offset + at + length),
  write(bytes, offset, value) {
    const fits = value.length > length ? value.subarray(0, length) : value;
    bytes.set(fits, offset + at);
    bytes.fill(0, offset + at + fits.length, offset + at + length);
  },
});

/** A field whose bytes run from the least significant one (host order on disk and in the kernel ABI). */
export function littleEndian<T extends number | bigint>(field: Field<T>): Field<T> {
  const { at, mask, zero } = field;
  const length = mask.length;
  const scratch = new Uint8Array(at + length);
  return {
    at,
    mask,
    zero,
    read(bytes, offset) {
      for (let i = 0; i < length; i++) scratch[at + i] = bytes[offset + at + length - 1 - i]!;
      return field.read(scratch, 0);
    },
    write(bytes, offset, value) {
      field.write(scratch, 0, value);
      for (let i = 0; i < length; i++) bytes[offset + at + i] = scratch[at + length - 1 - i]!;
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
