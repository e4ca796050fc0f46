// SPDX-License-Identifier: GPL-2.0-or-later
// READ ATTRIBUTE (SPC-5 6.17): the medium auxiliary memory of the mounted cartridge, or what can be in it.
import { bit } from '../bytes/layout.js';
import { attributeValuesOf, existingAttributes } from '../medium/attribute-access.js';
import { attributes } from '../medium/mam-attributes.js';
import { command } from '../sam/command.js';
import { good } from '../sam/reply.js';
import {
  assertAttributePlace,
  attributeFields,
  attributeIdentifiers,
  attributeNumbers,
  attributeValues,
} from '../spc/attribute-data.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

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
    cdb: { ...attributeFields, CACHE: bit(14, 0) },
    execute(drive, args) {
      const mounted = drive.assertMemory();
      assertAttributePlace(args, mounted.volume.partitionCount);
      return good(data(mounted, args));
    },
  });

export const readAttribute = [
  serviceAction(0x00, 'ATTRIBUTE VALUES', 'SPC-5 6.17.2', ({ volume }, asked) =>
    attributeValues(
      attributeValuesOf(volume, asked.partitionNumber),
      asked.firstAttributeIdentifier,
    ),
  ),
  serviceAction(0x01, 'ATTRIBUTE LIST', 'SPC-5 6.17.3', ({ volume }, { partitionNumber }) =>
    attributeIdentifiers(existingAttributes(volume, partitionNumber)),
  ),
  serviceAction(0x02, 'LOGICAL VOLUME LIST', 'SPC-5 6.17.4', () => attributeNumbers(1)),
  serviceAction(0x03, 'PARTITION LIST', 'SPC-5 6.17.5', ({ volume }) =>
    attributeNumbers(volume.partitionCount),
  ),
  serviceAction(0x05, 'SUPPORTED ATTRIBUTES', 'SPC-5 6.17.6', () =>
    attributeIdentifiers(attributes),
  ),
] as const;
