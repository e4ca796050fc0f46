// SPDX-License-Identifier: GPL-2.0-or-later
// Attributes as READ ATTRIBUTE and WRITE ATTRIBUTE have them: values in T10's units, and what a host may write.
import { ascii, layout, u8, u16, u64 } from '../bytes/layout.js';
import { type CartridgeMemory, USES } from './cartridge-memory.js';
import type { MediumAuxiliaryMemory } from './mam.js';
import { type Attribute, attributeById, attributes } from './mam-attributes.js';
import type { Use, Volume } from './volume.js';

/** The facts of a volume that attributes are made of. */
export type AttributeSource = Pick<
  Volume,
  'barcode' | 'use' | 'mam' | 'capacity' | 'used' | 'endOfData' | 'firstEncrypted'
>;

const ID = {
  remainingCapacity: 0x0000,
  maximumCapacity: 0x0001,
  volumeIdentifier: 0x0008,
  writtenInLife: 0x0220,
  readInLife: 0x0221,
  writtenLastLoad: 0x0222,
  readLastLoad: 0x0223,
  firstEncryptedBlock: 0x0224,
  firstUnencryptedBlock: 0x0225,
  manufactureDate: 0x0406,
  mediumType: 0x0408,
  mediumTypeInformation: 0x0409,
} as const;

const number1 = layout(1, { value: u8(0) });
const number2 = layout(2, { value: u16(0) });
const number8 = layout(8, { value: u64(0) });
const date = layout(8, { value: ascii(0, 8) });
const identifier = layout(32, { value: ascii(0, 32) });

/** Whole MiB, the "MB" of the attributes. */
const mebibytes = (bytes: number | bigint): Uint8Array =>
  number8.encode({ value: BigInt(bytes) >> 20n });

/** SPC-4 table 446, MEDIUM TYPE. There is no number for media of ours that real ones do not have. */
const MEDIUM_TYPES: Partial<Record<Use, number>> = { cleaning: 0x01, WORM: 0x80 };

/** YYYYMMDD of what the disk has: seconds since 1970 in decimal, or a date already. */
function manufactureDate(stored: string): string {
  if (!/^\d{9,}$/.test(stored)) return stored;
  return new Date(Number(stored) * 1000).toISOString().slice(0, 10).replaceAll('-', '');
}

/** SPC-4 7.4.2.2.13 and .14: there is no such block. */
const NO_BLOCK = 0xffff_ffff_ffff_ffffn;

const positionOf = (found: number | undefined): Uint8Array =>
  number8.encode({ value: found === undefined ? NO_BLOCK : BigInt(found) });

const COMPUTED: Readonly<
  Record<number, (volume: AttributeSource, partition: number) => Uint8Array>
> = {
  [ID.remainingCapacity](volume, partition) {
    const used = volume.used(partition, volume.endOfData(partition));
    return mebibytes(Math.max(0, volume.capacity(partition) - used));
  },
  [ID.maximumCapacity]: (volume, partition) => mebibytes(volume.capacity(partition)),
  [ID.volumeIdentifier]: ({ barcode }) => identifier.encode({ value: barcode }),
  [ID.writtenInLife]: ({ mam }) => mebibytes(mam.get('writtenInLife')),
  [ID.readInLife]: ({ mam }) => mebibytes(mam.get('readInLife')),
  [ID.writtenLastLoad]: ({ mam }) => mebibytes(mam.get('writtenLastLoad')),
  [ID.readLastLoad]: ({ mam }) => mebibytes(mam.get('readLastLoad')),
  [ID.firstEncryptedBlock]: (volume, partition) =>
    positionOf(volume.firstEncrypted(partition).encrypted),
  [ID.firstUnencryptedBlock]: (volume, partition) =>
    positionOf(volume.firstEncrypted(partition).clearAfter),
  [ID.manufactureDate]: ({ mam }) =>
    date.encode({ value: manufactureDate(mam.get('manufactureDate')) }),
  [ID.mediumType]: ({ use }) => number1.encode({ value: MEDIUM_TYPES[use] ?? 0 }),
  [ID.mediumTypeInformation]: ({ mam }) =>
    number2.encode({ value: mam.get('mediumTypeInformation') }),
};

/** ASCII values are padded with blanks (SPC-4 4.4.1); files have zeros there. */
const padded = (attribute: Attribute, value: Uint8Array): Uint8Array => {
  if (attribute.format !== 'ascii') return value;
  let length = value.length;
  while (length > 0 && value[length - 1] === 0) length--;
  return value.slice().fill(0x20, length);
};

/**
 * The value of an attribute as READ ATTRIBUTE returns it; undefined when the cartridge has none such.
 * @param partition which there is; it matters only for attributes that are `perPartition`
 */
export function readAttribute(
  volume: AttributeSource,
  id: number,
  partition: number,
): Uint8Array | undefined {
  const attribute = attributeById(id);
  if (!attribute) return undefined;
  const compute = COMPUTED[id];
  if (compute) return compute(volume, partition);
  const value = volume.mam.exists(id, partition) ? volume.mam.read(id, partition) : undefined;
  return value && padded(attribute, value);
}

/** The attributes that have a value, ascending by id. */
export const existingAttributes = (volume: AttributeSource, partition: number): Attribute[] =>
  attributes.filter(
    ({ id, key }) => key === undefined || id in COMPUTED || volume.mam.exists(id, partition),
  );

/** The attributes of a partition with their values, ascending by id. */
export const attributeValuesOf = (volume: AttributeSource, partition: number) =>
  existingAttributes(volume, partition).map(({ id, readOnly, formatCode }) => ({
    ...{ id, readOnly, formatCode },
    value: readAttribute(volume, id, partition) ?? new Uint8Array(0),
  }));

/** The attributes of a cartridge that no drive holds, as its memory has them: what is left was noted at the last unload. */
export function attributesInMemory(memory: CartridgeMemory, barcode: string) {
  const { mam, use, privateData } = memory;
  const partitions = privateData.get('partitions');
  const capacity = (partition: number): number => memory.capacity(partition, partitions);
  const used = (): number => capacity(0) - Number(mam.get('remainingCapacity'));
  const nothing: Pick<AttributeSource, 'endOfData' | 'firstEncrypted'> = {
    endOfData: () => 0,
    firstEncrypted: () => ({ encrypted: undefined, clearAfter: undefined }),
  };
  return attributeValuesOf({ barcode, use, mam, capacity, used, ...nothing }, 0).filter(
    ({ id }) => id !== ID.firstEncryptedBlock && id !== ID.firstUnencryptedBlock,
  );
}

/** Why a host may not write an attribute so. */
export type AttributeFault = 'unknown' | 'read only' | 'wrong format' | 'wrong length';

/** The reference's: a host turns an empty cartridge into a WORM one with this value of MEDIUM TYPE. */
const T10_WORM = MEDIUM_TYPES.WORM!;

/**
 * What is wrong with a WRITE ATTRIBUTE entry; undefined when nothing is. All of them are INVALID FIELD IN
 * PARAMETER LIST, and then no attribute of the list is written (SPC-4 6.50).
 * @param formatCode FORMAT field
 * @param value no bytes delete the attribute, whatever the format
 */
export function attributeFault(
  id: number,
  formatCode: number,
  value: Uint8Array,
): AttributeFault | undefined {
  const attribute = attributeById(id);
  if (!attribute) return 'unknown';
  if (attribute.readOnly) return 'read only';
  if (id === ID.mediumType && value[0] !== T10_WORM) return 'read only';
  if (value.length === 0) return undefined;
  if (formatCode !== attribute.formatCode) return 'wrong format';
  return value.length > attribute.length ? 'wrong length' : undefined;
}

/**
 * Writes an attribute in which {@link attributeFault} found no fault. A short value is filled up with zeros, an
 * empty one deletes the attribute. The volume's next flush makes it durable.
 */
export function writeAttribute(
  mam: MediumAuxiliaryMemory,
  id: number,
  value: Uint8Array,
  partition: number,
): void {
  mam.write(id, id === ID.mediumType ? Uint8Array.of(USES.WORM) : value, partition);
}
