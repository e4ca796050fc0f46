// SPDX-License-Identifier: GPL-2.0-or-later
// Medium auxiliary memory: the attributes of a cartridge (SPC-4 7.4), one row each, and the file `mam`.
import { concat, layout, littleEndian, raw, u8, u16, u32, u64 } from '../bytes/layout.js';
import { COHERENCY_ROWS, type PrivateData } from './private-data.js';
import { parseTlv, rowLength, TlvMemory, text } from './tlv.js';

/** The file begins with the versions of the cartridge format and of this list. */
export const mamHeader = layout(8, {
  tapeFormat: littleEndian(u32(0)),
  mamFormat: littleEndian(u32(4)),
});

const device = { readOnly: true, format: 'binary' } as const;
const deviceAscii = { readOnly: true, format: 'ascii' } as const;
const hostAscii = { readOnly: false, format: 'ascii' } as const;
const hostText = { readOnly: false, format: 'text' } as const;
const hostBinary = { readOnly: false, format: 'binary' } as const;

/** Every attribute, in the order of the file. Counts of bytes are bytes here, whatever READ ATTRIBUTE says. */
const rows = {
  remainingCapacity: {
    id: 0x0000,
    field: u64(0),
    ...device,
    name: 'REMAINING CAPACITY IN PARTITION',
  },
  maximumCapacity: { id: 0x0001, field: u64(0), ...device, name: 'MAXIMUM CAPACITY IN PARTITION' },
  tapeAlert: { id: 0x0002, field: u64(0), ...device, name: 'TAPEALERT FLAGS' },
  loadCount: { id: 0x0003, field: u64(0), ...device, name: 'LOAD COUNT' },
  mamSpaceRemaining: { id: 0x0004, field: u64(0), ...device, name: 'MAM SPACE REMAINING' },
  densityOrganization: {
    id: 0x0005,
    field: text(8),
    ...deviceAscii,
    name: 'ASSIGNING ORGANIZATION',
  },
  formattedDensity: { id: 0x0006, field: u8(0), ...device, name: 'FORMATTED DENSITY CODE' },
  initializationCount: { id: 0x0007, field: u16(0), ...device, name: 'INITIALIZATION COUNT' },
  volumeChangeReference: { id: 0x0009, field: u32(0), ...device, name: 'VOLUME CHANGE REFERENCE' },
  lastLoad: { id: 0x020a, field: raw(0, 40), ...deviceAscii, name: 'DEVICE AT LAST LOAD' },
  loadMinus1: { id: 0x020b, field: raw(0, 40), ...deviceAscii, name: 'DEVICE AT LOAD-1' },
  loadMinus2: { id: 0x020c, field: raw(0, 40), ...deviceAscii, name: 'DEVICE AT LOAD-2' },
  loadMinus3: { id: 0x020d, field: raw(0, 40), ...deviceAscii, name: 'DEVICE AT LOAD-3' },
  writtenInLife: { id: 0x0220, field: u64(0), ...device, name: 'TOTAL WRITTEN IN MEDIUM LIFE' },
  readInLife: { id: 0x0221, field: u64(0), ...device, name: 'TOTAL READ IN MEDIUM LIFE' },
  writtenLastLoad: { id: 0x0222, field: u64(0), ...device, name: 'TOTAL WRITTEN IN LAST LOAD' },
  readLastLoad: { id: 0x0223, field: u64(0), ...device, name: 'TOTAL READ IN LAST LOAD' },
  manufacturer: { id: 0x0400, field: text(8), ...deviceAscii, name: 'MEDIUM MANUFACTURER' },
  serialNumber: { id: 0x0401, field: text(32), ...deviceAscii, name: 'MEDIUM SERIAL NUMBER' },
  length: { id: 0x0402, field: u32(0), ...device, name: 'MEDIUM LENGTH' },
  width: { id: 0x0403, field: u32(0), ...device, name: 'MEDIUM WIDTH' },
  mediumOrganization: {
    id: 0x0404,
    field: text(8),
    ...deviceAscii,
    name: 'ASSIGNING ORGANIZATION',
  },
  mediumDensity: { id: 0x0405, field: u8(0), ...device, name: 'MEDIUM DENSITY CODE' },
  /** Seconds since 1970 in decimal on disk; the standard's YYYYMMDD is for the command that reports it. */
  manufactureDate: { id: 0x0406, field: text(12), ...deviceAscii, name: 'MEDIUM MANUFACTURE DATE' },
  mamCapacity: { id: 0x0407, field: u64(0), ...device, name: 'MAM CAPACITY' },
  /** On disk the library's own number ({@link USES}), not the standard's. */
  mediumType: { id: 0x0408, field: u8(0), ...hostBinary, name: 'MEDIUM TYPE' },
  /** The one number of this file that is stored with its low byte first. */
  mediumTypeInformation: {
    id: 0x0409,
    field: littleEndian(u16(0)),
    ...device,
    name: 'MEDIUM TYPE INFORMATION',
  },
  applicationVendor: { id: 0x0800, field: text(8), ...hostAscii, name: 'APPLICATION VENDOR' },
  applicationName: { id: 0x0801, field: text(32), ...hostAscii, name: 'APPLICATION NAME' },
  applicationVersion: { id: 0x0802, field: text(8), ...hostAscii, name: 'APPLICATION VERSION' },
  userLabel: { id: 0x0803, field: text(160), ...hostText, name: 'USER MEDIUM TEXT LABEL' },
  dateLastWritten: {
    id: 0x0804,
    field: text(12),
    ...hostAscii,
    name: 'DATE AND TIME LAST WRITTEN',
  },
  textLocalization: {
    id: 0x0805,
    field: u8(0),
    ...hostBinary,
    name: 'TEXT LOCALIZATION IDENTIFIER',
  },
  barcode: { id: 0x0806, field: text(32), ...hostAscii, name: 'BARCODE' },
  owningHost: { id: 0x0807, field: text(80), ...hostText, name: 'OWNING HOST TEXTUAL NAME' },
  mediaPool: { id: 0x0808, field: text(160), ...hostText, name: 'MEDIA POOL' },
  applicationFormat: {
    id: 0x080b,
    field: text(16),
    ...hostAscii,
    name: 'APPLICATION FORMAT VERSION',
  },
  coherency: { id: 0x080c, field: raw(0, 70), ...hostBinary, name: 'VOLUME COHERENCY INFORMATION' },
  volumeLock: { id: 0x1623, field: u8(0), ...hostBinary, name: 'VOLUME LOCK (LTFS)' },
} as const;

export type AttributeName = keyof typeof rows;

/** What READ ATTRIBUTE and WRITE ATTRIBUTE need to know of an attribute. */
export interface Attribute {
  readonly key: AttributeName;
  readonly id: number;
  /** T10's name. */
  readonly name: string;
  /** Bytes. */
  readonly length: number;
  readonly format: 'binary' | 'ascii' | 'text';
  /** Hosts may not write it. */
  readonly readOnly: boolean;
  /** Clause of the standard. */
  readonly ref: string;
}

/** Ids come in groups of 400h: device, medium, host; those after them belong to vendors. */
const CLAUSES = ['SPC-4 7.4.2.2', 'SPC-4 7.4.2.3', 'SPC-4 7.4.2.4'] as const;
const clauseOf = (id: number): string => CLAUSES[id >> 10] ?? 'vendor specific';

/** All attributes, ascending by id. */
export const attributes: readonly Attribute[] = Object.entries(rows)
  .map(([key, row]) => ({
    key: key as AttributeName,
    id: row.id,
    name: row.name,
    length: rowLength(row),
    format: row.format,
    readOnly: row.readOnly,
    ref: clauseOf(row.id),
  }))
  .sort((a, b) => a.id - b.id);

const byId = new Map(attributes.map((attribute) => [attribute.id, attribute]));
export const attributeById = (id: number): Attribute | undefined => byId.get(id);

/** {id, length, length} of an attribute as READ ATTRIBUTE returns it: what it takes of the memory, beside its value. */
const ATTRIBUTE_HEADER = 5;
/** Memory all attributes together take, bytes. */
export const MAM_IN_USE = attributes.reduce(
  (sum, { length }) => sum + length + ATTRIBUTE_HEADER,
  0,
);

/** A cartridge's attributes, with typed access by key and bytes by id. Changes are stored by the volume's flush. */
export class MediumAuxiliaryMemory extends TlvMemory<typeof rows> {
  readonly #privateData: PrivateData;

  /** @param privateData keeps the coherency information of partitions 1 to 3 */
  constructor(privateData: PrivateData, stored?: ReadonlyMap<number, Uint8Array>) {
    super(rows, stored);
    this.#privateData = privateData;
  }

  /**
   * The stored bytes of an attribute; undefined if there is no such attribute. Only volume coherency
   * information differs from partition to partition; capacities of a partition are the volume's to tell.
   */
  read(id: number, partition = 0): Uint8Array | undefined {
    const attribute = attributeById(id);
    const privateRow = id === rows.coherency.id ? COHERENCY_ROWS[partition] : undefined;
    if (privateRow) return this.#privateData.bytes(privateRow);
    return attribute && this.bytes(attribute.key);
  }

  /**
   * Replaces the bytes of an attribute, filling up with zeros; no bytes clear it.
   * @throws RangeError when there is no such attribute or the value is too long: the caller has looked it up
   */
  write(id: number, value: Uint8Array, partition = 0): void {
    const attribute = attributeById(id);
    if (!attribute || value.length > attribute.length)
      throw new RangeError(`attribute ${id.toString(16)} of ${value.length} bytes`);
    const privateRow = id === rows.coherency.id ? COHERENCY_ROWS[partition] : undefined;
    if (privateRow) this.#privateData.setBytes(privateRow, value);
    else this.setBytes(attribute.key, value);
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
