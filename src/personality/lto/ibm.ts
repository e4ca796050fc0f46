// SPDX-License-Identifier: GPL-2.0-or-later
// What IBM's LTO drives have in common.
import type { CartridgeType } from '../../medium/cartridge-types.js';
import type { Use } from '../../medium/volume.js';
import type { DriveProduct } from '../../ssc/drive-product.js';
import { behaviorConfigurationPage } from './ibm-mode-pages.js';
import { driveComponentRevisionLevels, driveSerialNumbers } from './ibm-vpd-pages.js';
import { ultrium } from './ultrium.js';

/** Of a data cartridge with more tape than the others of its generation. */
const premium = 0x01;

/** IBM's MEDIUM TYPE: generation in the upper nibble, bit 2 for WORM; LTO-10 goes on with Axh. */
function mediumTypeCode({ family, generation, mktapeName }: CartridgeType, use: Use): number {
  if (family !== 'LTO' || (use !== 'data' && use !== 'WORM')) return 0;
  const kind = mktapeName === 'LTO10P' ? premium : 0;
  return (generation << 4) | 0x08 | (use === 'WORM' ? 0x04 : kind);
}

export const ibmUltrium = {
  ...ultrium,
  vendor: 'IBM',
  maximumBlockLength: 0x800000,
  mediumTypeCode,
  vpdPages: [...ultrium.vpdPages, driveComponentRevisionLevels, driveSerialNumbers],
  modePages: [...ultrium.modePages, behaviorConfigurationPage],
} satisfies Partial<DriveProduct>;

/** Half height drives that other makers build in. */
const oemGenerations: readonly number[] = [5, 6, 7, 8];
export const oemName = (generation: number): string => `HH LTO Gen ${generation}`;

/**
 * Full and half height, of a library and of a server.
 * @param digit what the drives of a generation have in its place; other software may call them by the generation
 */
export const ibmNames = (
  generation: number,
  digit = `${generation}`,
): Pick<DriveProduct, 'products' | 'description'> => ({
  products: [
    ...[...new Set([digit, `${generation}`])].flatMap((last) =>
      ['ULT3580-TD', 'ULT3580-HH', 'ULTRIUM-TD', 'ULTRIUM-HH'].map((model) => `${model}${last}`),
    ),
    ...(oemGenerations.includes(generation) ? [oemName(generation)] : []),
  ],
  description: `IBM LTO Ultrium ${generation}`,
});
