// SPDX-License-Identifier: GPL-2.0-or-later
// The memory of cartridges in format 3 and 4: one structure of 1024 bytes, as mhvtl 0.18 to 1.7 wrote it.
import { type Field, type Fields, layout, littleEndian, raw, u32 } from '../bytes/layout.js';
import { MediumAuxiliaryMemory } from './mam.js';
import { type AttributeName, attributeRows } from './mam-attributes.js';
import { newPrivateData, type PrivateData, type PrivateName, privateRows } from './private-data.js';
import { rowLength, type TlvRows } from './tlv.js';

/** Where the attributes of today were. Those that are not here did not exist. */
const ATTRIBUTES_AT: Partial<Record<AttributeName, number>> = {
  remainingCapacity: 8,
  maximumCapacity: 16,
  tapeAlert: 24,
  loadCount: 32,
  mamSpaceRemaining: 40,
  densityOrganization: 48,
  initializationCount: 56,
  lastLoad: 58,
  loadMinus1: 98,
  loadMinus2: 138,
  loadMinus3: 178,
  writtenInLife: 218,
  readInLife: 226,
  writtenLastLoad: 234,
  readLastLoad: 242,
  manufacturer: 250,
  serialNumber: 258,
  length: 290,
  width: 294,
  mediumOrganization: 298,
  manufactureDate: 306,
  formattedDensity: 318,
  mediumDensity: 319,
  mediumType: 320,
  mamCapacity: 322,
  mediumTypeInformation: 330,
  applicationVendor: 332,
  applicationName: 340,
  applicationVersion: 372,
  userLabel: 380,
  dateLastWritten: 540,
  textLocalization: 552,
  barcode: 553,
  owningHost: 585,
  mediaPool: 665,
};

/** The same of what is in `mhvtl_data` today. The last two came with version 3 and are zero before. */
const PRIVATE_AT: Partial<Record<PrivateName, number>> = {
  mediaType: 321,
  recordDirty: 825,
  flags: 826,
  bitsPerMillimetre: 828,
  tracks: 832,
  densityName: 834,
  description: 842,
  maxPartitions: 876,
  partitions: 877,
};

/** A field of the structure for each row that has a place in it: the bytes are the same, then and now. */
const fieldsOf = (rows: TlvRows, at: Partial<Record<string, number>>): Fields =>
  Object.fromEntries(
    Object.entries(at).map(([name, offset]): [string, Field<Uint8Array>] => [
      name,
      raw(offset!, rowLength(rows[name]!)),
    ]),
  );

/** Length of the structure. It never changed; what versions 1 and 2 lack is zero in them. */
const SIZE = 1024;
const versions = layout(SIZE, {
  tapeFormat: littleEndian(u32(0)),
  mamFormat: littleEndian(u32(4)),
});
const attributesPart = layout(SIZE, fieldsOf(attributeRows, ATTRIBUTES_AT));
const privatePart = layout(SIZE, fieldsOf(privateRows, PRIVATE_AT));
export const PACKED_SIZE = SIZE;
/** Versions of the structure there have been. */
const NEWEST = 3;

/** Whether `bytes` begin with such a structure that says it belongs to a cartridge in `tapeFormat`. */
export function isPacked(bytes: Uint8Array, tapeFormat: number): boolean {
  if (bytes.length < SIZE) return false;
  const found = versions.decode(bytes);
  return found.tapeFormat === tapeFormat && found.mamFormat >= 1 && found.mamFormat <= NEWEST;
}

/** The two attribute lists of today with the values of the structure. */
export function unpack(bytes: Uint8Array): {
  readonly mam: MediumAuxiliaryMemory;
  readonly privateData: PrivateData;
} {
  const privateData = newPrivateData();
  const mam = new MediumAuxiliaryMemory(privateData);
  for (const [name, value] of Object.entries(privatePart.decode(bytes)))
    privateData.setBytes(name as PrivateName, value);
  for (const [name, value] of Object.entries(attributesPart.decode(bytes)))
    mam.setBytes(name as AttributeName, value);
  return { mam, privateData };
}
