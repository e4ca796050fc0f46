// SPDX-License-Identifier: GPL-2.0-or-later
// Sony SDX-900V, the AIT-4 drive: WORM.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ait, reads, writes } from '../densities.js';
import { sonySdx700 } from './ait3.js';

export const sonySdx900: DriveProduct = {
  ...sonySdx700,
  products: ['SDX-900V'],
  description: 'Sony AIT-4',
  unconfirmed: ['bits per mm'],
  densities: [reads(ait.AIT2), writes(ait.AIT3), writes(ait.AIT4)],
  WORM: true,
  timing: { ...sonySdx700.timing, tapeMetres: 246, nativeRate: 24 },
};
