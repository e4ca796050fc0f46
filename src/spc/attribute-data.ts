// SPDX-License-Identifier: GPL-2.0-or-later
// What READ ATTRIBUTE returns (SPC-5 6.17), of a drive's cartridge or of one in a library's element.
import { bit, bits, concat, layout, u8, u16, u32 } from '../bytes/layout.js';
import { invalidFieldInCdb } from '../sam/reply.js';

/** An attribute and its value. */
export interface AttributeValue {
  readonly id: number;
  readonly readOnly: boolean;
  /** FORMAT: 0 binary, 1 ASCII, 2 text. */
  readonly formatCode: number;
  readonly value: Uint8Array;
}

/** An attribute as READ and WRITE ATTRIBUTE carry it, followed by its value (SPC-5 7.4.1). */
export const attributeHeader = layout(5, {
  id: u16(0),
  readOnly: bit(2, 7),
  format: bits(2, 1, 2),
  length: u16(3),
});

/** Fields of the CDB that every service action has. A cartridge is one logical volume, of number 0. */
export const attributeFields = {
  logicalVolumeNumber: u8(5),
  partitionNumber: u8(7),
  firstAttributeIdentifier: u16(8),
  allocationLength: u32(10),
} as const;

/** Refuses a logical volume or partition that is not there. */
export function assertAttributePlace(
  place: { readonly logicalVolumeNumber: number; readonly partitionNumber: number },
  partitions: number,
): void {
  if (place.logicalVolumeNumber !== 0)
    throw invalidFieldInCdb(attributeFields.logicalVolumeNumber.at);
  if (place.partitionNumber >= partitions)
    throw invalidFieldInCdb(attributeFields.partitionNumber.at);
}

const listHeader = layout(4, { availableData: u32(0) });
const numbers = layout(4, { availableData: u16(0), first: u8(2), available: u8(3) });

/** Content behind its length. */
export const attributeList = (...parts: readonly Uint8Array[]): Uint8Array => {
  const content = concat(...parts);
  return concat(listHeader.encode({ availableData: content.length }), content);
};

/** ATTRIBUTE VALUES: the attributes from the first asked on, which must be there. They ascend. */
export function attributeValues(existing: readonly AttributeValue[], first: number): Uint8Array {
  if (!existing.some(({ id }) => id === first))
    throw invalidFieldInCdb(attributeFields.firstAttributeIdentifier.at);
  const asked = existing.filter(({ id }) => id >= first);
  return attributeList(
    ...asked.flatMap(({ id, readOnly, formatCode: format, value }) => [
      attributeHeader.encode({ id, readOnly, format, length: value.length }),
      value,
    ]),
  );
}

/** ATTRIBUTE LIST and SUPPORTED ATTRIBUTES: identifiers only. */
export const attributeIdentifiers = (list: readonly { readonly id: number }[]): Uint8Array =>
  attributeList(Uint8Array.from(list.flatMap(({ id }) => [id >> 8, id & 0xff])));

/** LOGICAL VOLUME LIST and PARTITION LIST: how many there are, from 0 on. */
export const attributeNumbers = (available: number): Uint8Array =>
  numbers.encode({ availableData: 2, first: 0, available });
