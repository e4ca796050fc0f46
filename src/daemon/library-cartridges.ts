// SPDX-License-Identifier: GPL-2.0-or-later
// What kind of medium a cartridge holds, from the memory in its directory.
import { join } from 'node:path';
import { readCartridgeMemory } from '../medium/cartridge-files.js';
import { MediumError, type Use } from '../medium/volume.js';
import type { MediumType } from '../smc/element.js';

/** A NULL cartridge is written and read like one for data, which is what an initiator wants to know. */
const mediumTypeFor: Readonly<Record<Use, MediumType>> = {
  data: 'data',
  NULL: 'data',
  WORM: 'WORM',
  cleaning: 'cleaning',
  diagnostic: 'diagnostics',
  firmware: 'microcode image',
};

/** `'unspecified'` for a cartridge that is not there or cannot be read. */
export function mediumTypeOf(homeDirectory: string, barcode: string): MediumType {
  try {
    return mediumTypeFor[readCartridgeMemory(join(homeDirectory, barcode)).use];
  } catch (error) {
    if (error instanceof MediumError) return 'unspecified';
    throw error;
  }
}
