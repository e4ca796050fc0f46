// SPDX-License-Identifier: GPL-2.0-or-later
// Sony SDX-700C and SDX-700V, the AIT-3 drives.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ait, reads, writes } from '../densities.js';
import { sonySdx500 } from './ait2.js';

export const sonySdx700: DriveProduct = {
  ...sonySdx500,
  products: ['SDX-700C', 'SDX-700V'],
  description: 'Sony AIT-3',
  densities: [reads(ait.AIT1), writes(ait.AIT2), writes(ait.AIT3)],
  timing: { ...sonySdx500.timing, nativeRate: 12 },
};
