// SPDX-License-Identifier: GPL-2.0-or-later
// The attribute lists of a cartridge: {id, length, value} entries, kept whole, whatever they hold.
import {
  concat,
  type Field,
  type Fields,
  layout,
  littleEndian,
  raw,
  u16,
} from '../bytes/layout.js';
import { MediumError } from './volume.js';

/** Entries begin with this; `length` bytes of value follow. */
const entryHeader = layout(4, { id: littleEndian(u16(0)), length: littleEndian(u16(2)) });

/** One attribute this build knows: where it is kept and how its value reads. */
export interface TlvRow {
  readonly id: number;
  readonly field: Fields[string];
  /** Not in the list before it is set; others always are. */
  readonly optional?: boolean;
}

/** Rows by name, in the order in which they are written. */
export type TlvRows = Readonly<Record<string, TlvRow>>;
type ValueOf<R extends TlvRow> = R['field'] extends Field<infer T> ? T : never;

/** Characters, padded with zeros. Zeros and blanks at the end are not part of the value. */
export const text = (length: number): Field<string> => {
  const bytes = raw(0, length);
  return {
    ...bytes,
    zero: '',
    read: (from, offset) =>
      Buffer.from(bytes.read(from, offset))
        .toString('latin1')
        .replace(/[\0 ]+$/, ''),
    write: (into, offset, value) => bytes.write(into, offset, Buffer.from(value, 'latin1')),
  };
};

/** Length of the row's value, bytes. */
export const rowLength = (row: TlvRow): number => row.field.mask.length;

/**
 * Splits a list into values by id.
 * @param name the file, for the message
 * @throws MediumError `'damaged'` when the last entry ends past the end of the list
 */
export function parseTlv(bytes: Uint8Array, name: string): Map<number, Uint8Array> {
  const entries = new Map<number, Uint8Array>();
  for (let at = 0; at < bytes.length; ) {
    const remaining = bytes.length - at - entryHeader.size;
    const header = remaining < 0 ? undefined : entryHeader.decode(bytes, at);
    if (!header || header.length > remaining)
      throw new MediumError(
        'damaged',
        `${name} ends in the middle of the attribute at byte ${at}: restore the file from a copy`,
      );
    at += entryHeader.size;
    entries.set(header.id, bytes.slice(at, at + header.length));
    at += header.length;
  }
  return entries;
}

/**
 * An attribute list with typed access to the rows it knows. A stored value may be shorter than its row (the
 * rest reads as zeros) or longer (the rest stays as it was); entries without a row are kept and written back.
 */
export class TlvMemory<const R extends TlvRows> {
  /** Set by every change; whoever writes the list to the store clears it. */
  changed = false;
  readonly #rows: R;
  readonly #values: Map<number, Uint8Array>;

  constructor(rows: R, stored: ReadonlyMap<number, Uint8Array> = new Map()) {
    this.#rows = rows;
    this.#values = new Map();
    for (const row of Object.values(rows)) {
      if (row.optional && !stored.has(row.id)) continue;
      const value = stored.get(row.id) ?? new Uint8Array();
      const padding = new Uint8Array(Math.max(0, rowLength(row) - value.length));
      this.#values.set(row.id, concat(value, padding));
    }
    for (const [id, value] of stored) if (!this.#values.has(id)) this.#values.set(id, value);
  }

  #row(name: keyof R): TlvRow {
    return this.#rows[name]!;
  }

  /** The stored bytes of a row; one that is not in the list reads as zeros. */
  #value(row: TlvRow): Uint8Array {
    return this.#values.get(row.id) ?? new Uint8Array(rowLength(row));
  }

  /** The same, to be changed: it is in the list from now on. */
  #made(row: TlvRow): Uint8Array {
    const value = this.#value(row);
    this.#values.set(row.id, value);
    this.changed = true;
    return value;
  }

  /** Whether the row is in the list. */
  has(name: keyof R): boolean {
    return this.#values.has(this.#row(name).id);
  }

  get<K extends keyof R>(name: K): ValueOf<R[K]> {
    const row = this.#row(name);
    return row.field.read(this.#value(row), 0);
  }

  set<K extends keyof R>(name: K, value: ValueOf<R[K]>): void {
    const row = this.#row(name);
    row.field.write(this.#made(row), 0, value);
  }

  /** A copy of the bytes of a row, as long as the row says. */
  bytes(name: keyof R): Uint8Array {
    const row = this.#row(name);
    return this.#value(row).slice(0, rowLength(row));
  }

  /** Replaces the bytes of a row; what `bytes` lacks becomes zeros, what it has too much is dropped. */
  setBytes(name: keyof R, bytes: Uint8Array): void {
    const row = this.#row(name);
    raw(0, rowLength(row)).write(this.#made(row), 0, bytes);
  }

  /** The list as stored: the rows in their order, then the entries without a row. */
  serialise(): Uint8Array {
    return concat(
      ...[...this.#values].flatMap(([id, value]) => [
        entryHeader.encode({ id, length: value.length }),
        value,
      ]),
    );
  }
}
