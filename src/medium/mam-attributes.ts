// SPDX-License-Identifier: GPL-2.0-or-later
// The attributes of a medium auxiliary memory (SPC-4 7.4.2), one row each.
import { ascii, littleEndian, raw, u8, u16, u32, u64 } from '../bytes/layout.js';
import { PARTITION_ATTRIBUTES } from './private-data.js';
import { rowLength, type TlvRow, text } from './tlv.js';

/** What a row says beside where it is kept. */
interface AttributeRow {
  readonly readOnly: boolean;
  readonly format: 'binary' | 'ascii' | 'text';
  /** T10's name. */
  readonly name: string;
}

const device = { readOnly: true, format: 'binary' } as const;
const deviceAscii = { readOnly: true, format: 'ascii' } as const;
const hostAscii = { readOnly: false, format: 'ascii' } as const;
const hostText = { readOnly: false, format: 'text' } as const;
const hostBinary = { readOnly: false, format: 'binary' } as const;

/** What other programs do not make: there once it has a value, behind the rows they know. */
const ours = { optional: true } as const;

/** Every attribute, in the order of the file. Counts of bytes are bytes here, whatever READ ATTRIBUTE says. */
export const attributeRows = {
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
  usageHistory: { id: 0x0340, field: raw(0, 90), ...device, ...ours, name: 'MEDIUM USAGE HISTORY' },
  partitionUsage: {
    id: 0x0341,
    field: raw(0, 60),
    ...device,
    ...ours,
    name: 'PARTITION USAGE HISTORY',
  },
  partitionLabel: {
    id: 0x0809,
    field: raw(0, 16),
    ...hostAscii,
    ...ours,
    name: 'PARTITION USER TEXT LABEL',
  },
  loadAtPartition: {
    id: 0x080a,
    field: u8(0),
    ...hostBinary,
    ...ours,
    name: 'LOAD/UNLOAD AT PARTITION',
  },
  mediumIdentifier: {
    id: 0x0820,
    field: raw(0, 36),
    ...hostBinary,
    ...ours,
    name: 'MEDIUM GLOBALLY UNIQUE IDENTIFIER',
  },
  poolIdentifier: {
    id: 0x0821,
    field: raw(0, 36),
    ...hostBinary,
    ...ours,
    name: 'MEDIA POOL GLOBALLY UNIQUE IDENTIFIER',
  },
} as const satisfies Readonly<Record<string, TlvRow & AttributeRow>>;

export type AttributeName = keyof typeof attributeRows;

/** Attributes that are computed from the volume and kept nowhere. */
const computedRows = {
  volumeIdentifier: { id: 0x0008, field: ascii(0, 32), ...deviceAscii, name: 'VOLUME IDENTIFIER' },
  firstEncryptedBlock: {
    id: 0x0224,
    field: u64(0),
    ...device,
    name: 'LOGICAL POSITION OF FIRST ENCRYPTED BLOCK',
  },
  firstUnencryptedBlock: {
    id: 0x0225,
    field: u64(0),
    ...device,
    name: 'LOGICAL POSITION OF FIRST UNENCRYPTED BLOCK AFTER THE FIRST ENCRYPTED BLOCK',
  },
} as const satisfies Readonly<Record<string, TlvRow & AttributeRow>>;

/** What READ ATTRIBUTE and WRITE ATTRIBUTE need to know of an attribute. */
export interface Attribute extends AttributeRow {
  /** Its row in the memory; undefined for one that is computed. */
  readonly key: AttributeName | undefined;
  readonly id: number;
  /** Bytes of its value as the commands have it: exactly, or at most when a host may write it. */
  readonly length: number;
  /** FORMAT field of the commands (SPC-4 table 442). */
  readonly formatCode: number;
  /** Whether each partition has its own value. */
  readonly perPartition: boolean;
  /** Clause of the standard. */
  readonly ref: string;
}

/** Values of the FORMAT field. */
const FORMAT_CODES = { binary: 0, ascii: 1, text: 2 } as const;
/** The date of manufacture is longer on disk than in the commands. */
const COMMAND_LENGTHS: Partial<Record<number, number>> = { [attributeRows.manufactureDate.id]: 8 };
const PER_PARTITION: readonly number[] = [
  attributeRows.remainingCapacity.id,
  attributeRows.maximumCapacity.id,
  computedRows.firstEncryptedBlock.id,
  computedRows.firstUnencryptedBlock.id,
  ...PARTITION_ATTRIBUTES,
];

/** Ids come in groups of 400h: device, medium, host; those after them belong to vendors. */
const CLAUSES = ['SPC-4 7.4.2.2', 'SPC-4 7.4.2.3', 'SPC-4 7.4.2.4'] as const;
const clauseOf = (id: number): string => CLAUSES[id >> 10] ?? 'vendor specific';

const describe = (row: TlvRow & AttributeRow, key: AttributeName | undefined): Attribute => ({
  key,
  id: row.id,
  name: row.name,
  length: COMMAND_LENGTHS[row.id] ?? rowLength(row),
  format: row.format,
  formatCode: FORMAT_CODES[row.format],
  readOnly: row.readOnly,
  perPartition: PER_PARTITION.includes(row.id),
  ref: clauseOf(row.id),
});

/** All attributes, ascending by id. */
export const attributes: readonly Attribute[] = [
  ...Object.entries(attributeRows).map(([key, row]) => describe(row, key as AttributeName)),
  ...Object.values(computedRows).map((row) => describe(row, undefined)),
].sort((a, b) => a.id - b.id);

const byId = new Map(attributes.map((attribute) => [attribute.id, attribute]));
export const attributeById = (id: number): Attribute | undefined => byId.get(id);
