// SPDX-License-Identifier: GPL-2.0-or-later
// READ ATTRIBUTE (SPC-5 6.17): the medium auxiliary memory of the mounted cartridge, or what can be in it.
import { bit, bits, concat, layout, u8, u16, u32 } from '../bytes/layout.js';
import { readAttribute as attributeValue, existingAttributes } from '../medium/attribute-access.js';
import { type Attribute, attributes } from '../medium/mam-attributes.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/** Where both commands say which partition they mean. A cartridge is one logical volume, of number 0. */
export const attributePlace = { logicalVolumeNumber: u8(5), partitionNumber: u8(7) } as const;

/** An attribute as both commands carry it, followed by its value (SPC-5 7.4.1). */
export const attributeHeader = layout(5, {
  id: u16(0),
  readOnly: bit(2, 7),
  format: bits(2, 1, 2),
  length: u16(3),
});

/** The mounted volume; refuses a logical volume or partition it does not have. */
export function assertAttributePlace(
  drive: TapeDrive,
  place: { readonly logicalVolumeNumber: number; readonly partitionNumber: number },
): Mounted {
  const mounted = drive.assertMounted();
  if (place.logicalVolumeNumber !== 0)
    throw invalidFieldInCdb(attributePlace.logicalVolumeNumber.at);
  if (place.partitionNumber >= mounted.volume.partitionCount)
    throw invalidFieldInCdb(attributePlace.partitionNumber.at);
  return mounted;
}

const listHeader = layout(4, { availableData: u32(0) });
const numbers = layout(4, { availableData: u16(0), first: u8(2), available: u8(3) });

const framed = (...parts: Uint8Array[]): Uint8Array => {
  const content = concat(...parts);
  return concat(listHeader.encode({ availableData: content.length }), content);
};

/** The attributes as identifiers only. */
const identifiers = (list: readonly Attribute[]): Uint8Array =>
  framed(Uint8Array.from(list.flatMap(({ id }) => [id >> 8, id & 0xff])));

const firstAttributeIdentifier = u16(8);

/** The attributes from the first asked on, which must be there. */
function values({ volume }: Mounted, partition: number, first: number): Uint8Array {
  const existing = existingAttributes(volume, partition);
  if (!existing.some(({ id }) => id === first))
    throw invalidFieldInCdb(firstAttributeIdentifier.at);
  const parts = existing
    .filter(({ id }) => id >= first)
    .map(({ id, readOnly, formatCode: format }) => {
      const value = attributeValue(volume, id, partition) ?? new Uint8Array(0);
      return concat(attributeHeader.encode({ id, readOnly, format, length: value.length }), value);
    });
  return framed(...parts);
}

interface Asked {
  readonly partitionNumber: number;
  readonly firstAttributeIdentifier: number;
}

const serviceAction = (
  code: number,
  name: string,
  ref: string,
  data: (mounted: Mounted, asked: Asked) => Uint8Array,
) =>
  command<TapeDrive>()({
    name: `READ ATTRIBUTE, ${name}`,
    ref,
    opcode: 0x8c,
    serviceAction: code,
    allowedUnder: 'write exclusive',
    cdb: {
      ...attributePlace,
      firstAttributeIdentifier,
      allocationLength: u32(10),
      CACHE: bit(14, 0),
    },
    execute: (drive, args) => good(data(assertAttributePlace(drive, args), args)),
  });

export const readAttribute = [
  serviceAction(0x00, 'ATTRIBUTE VALUES', 'SPC-5 6.17.2', (mounted, asked) =>
    values(mounted, asked.partitionNumber, asked.firstAttributeIdentifier),
  ),
  serviceAction(0x01, 'ATTRIBUTE LIST', 'SPC-5 6.17.3', ({ volume }, { partitionNumber }) =>
    identifiers(existingAttributes(volume, partitionNumber)),
  ),
  serviceAction(0x02, 'LOGICAL VOLUME LIST', 'SPC-5 6.17.4', () =>
    numbers.encode({ availableData: 2, first: 0, available: 1 }),
  ),
  serviceAction(0x03, 'PARTITION LIST', 'SPC-5 6.17.5', ({ volume }) =>
    numbers.encode({ availableData: 2, first: 0, available: volume.partitionCount }),
  ),
  serviceAction(0x05, 'SUPPORTED ATTRIBUTES', 'SPC-5 6.17.6', () => identifiers(attributes)),
] as const;
