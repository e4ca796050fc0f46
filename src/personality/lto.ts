// SPDX-License-Identifier: GPL-2.0-or-later
// LTO generations: what each reads and writes follows from the rule of the format.
import type { CartridgeType } from '../medium/cartridge-types.js';
import type { Use } from '../medium/volume.js';
import type { DriveProduct } from '../ssc/drive-product.js';
import { densityCodeOf, driveDefaults } from './drive-defaults.js';

const cartridge = (generation: number): string => `LTO${generation}`;

/** Since LTO-8 a drive writes one generation back and reads no further; before, it also read two back. */
const readsTwoBack = (generation: number): boolean => generation >= 3 && generation <= 7;

/** IBM's MEDIUM TYPE: generation in the upper nibble, bit 2 for WORM. */
function ibmMediumTypeCode(type: CartridgeType, use: Use): number {
  if (type.family !== 'LTO' || (use !== 'data' && use !== 'WORM')) return 0;
  return (type.generation << 4) | 0x08 | (use === 'WORM' ? 0x04 : 0);
}

/** An IBM LTO drive of a generation. */
export const ibmLto = (generation: number): Omit<DriveProduct, 'products' | 'description'> => ({
  ...driveDefaults,
  vendor: 'IBM',
  density: densityCodeOf(cartridge(generation)),
  readsAndWrites: [generation - 1, generation].filter((each) => each > 0).map(cartridge),
  readsOnly: readsTwoBack(generation) ? [cartridge(generation - 2)] : [],
  WORM: generation >= 3,
  mediumTypeCode: ibmMediumTypeCode,
});
