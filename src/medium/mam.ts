// SPDX-License-Identifier: GPL-2.0-or-later
// Medium auxiliary memory: the attributes a cartridge has, and the file `mam`.
import { concat, layout, littleEndian, u32 } from '../bytes/layout.js';
import { type AttributeName, attributeById, attributeRows } from './mam-attributes.js';
import { type PrivateData, partitionRow } from './private-data.js';
import { parseTlv, TlvMemory } from './tlv.js';

/** The file begins with the versions of the cartridge format and of this list. */
export const mamHeader = layout(8, {
  tapeFormat: littleEndian(u32(0)),
  mamFormat: littleEndian(u32(4)),
});

/** {id, format, length} of an attribute as READ ATTRIBUTE returns it: what it takes of the memory, beside its value. */
const ATTRIBUTE_HEADER = 5;
/** Host attributes; they are there when a host has written them, those of the other groups always. */
const HOST = { first: 0x0800, last: 0x0bff } as const;

/** A cartridge's attributes, with typed access by key and bytes by id. Changes are stored by the volume's flush. */
export class MediumAuxiliaryMemory extends TlvMemory<typeof attributeRows> {
  /** Whether a host has written an attribute: a change of the cartridge, which a load alone is not. */
  written = false;
  readonly #privateData: PrivateData;

  /** @param privateData keeps what partitions 1 to 3 have of their own */
  constructor(privateData: PrivateData, stored?: ReadonlyMap<number, Uint8Array>) {
    super(attributeRows, stored);
    this.#privateData = privateData;
  }

  /** Memory all stored attributes together take, bytes. */
  get bytesInUse(): number {
    const names = (Object.keys(attributeRows) as AttributeName[]).filter((name) => this.has(name));
    return names.reduce((sum, name) => sum + this.bytes(name).length + ATTRIBUTE_HEADER, 0);
  }

  /**
   * Whether the attribute has a value. A host attribute of zeros has none: other programs store those that
   * nobody has written so.
   */
  exists(id: number, partition = 0): boolean {
    const value = this.read(id, partition);
    if (value === undefined) return false;
    return id < HOST.first || id > HOST.last || value.some((byte) => byte !== 0);
  }

  /**
   * The stored bytes of an attribute; undefined if it is not stored. What READ ATTRIBUTE returns is in
   * other units for some: see attribute-access.ts.
   */
  read(id: number, partition = 0): Uint8Array | undefined {
    const row = partitionRow(id, partition);
    if (row) return this.#privateData.has(row) ? this.#privateData.bytes(row) : undefined;
    const key = attributeById(id)?.key;
    return key && this.has(key) ? this.bytes(key) : undefined;
  }

  /**
   * Replaces the bytes of an attribute, filling up with zeros; no bytes delete it.
   * @throws RangeError when there is no such attribute or the value is too long: the caller has looked it up
   */
  write(id: number, value: Uint8Array, partition = 0): void {
    const attribute = attributeById(id);
    if (!attribute?.key || value.length > attribute.length)
      throw new RangeError(`attribute ${id.toString(16)} of ${value.length} bytes`);
    this.written = true;
    this.store(id, value, partition);
  }

  /** The same, when the drive does it by itself: that changes nothing of what a host has there. */
  store(id: number, value: Uint8Array, partition: number): void {
    const row = partitionRow(id, partition);
    if (row) this.#privateData.setBytes(row, value);
    else this.setBytes(attributeById(id)!.key!, value);
  }

  /** The whole file. */
  toFile(versions: { readonly tapeFormat: number; readonly mamFormat: number }): Uint8Array {
    return concat(mamHeader.encode(versions), this.serialise());
  }
}

/**
 * Reads the file `mam`, whose versions the caller has checked.
 * @throws MediumError `'damaged'` when the list is cut
 */
export const parseMam = (
  bytes: Uint8Array,
  name: string,
  privateData: PrivateData,
): MediumAuxiliaryMemory =>
  new MediumAuxiliaryMemory(privateData, parseTlv(bytes.subarray(mamHeader.size), name));
