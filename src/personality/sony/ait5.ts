// SPDX-License-Identifier: GPL-2.0-or-later
// Sony SDX-1100V, the AIT-5 drive.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ait, reads, writes } from '../densities.js';
import { sonySdx900 } from './ait4.js';

export const sonySdx1100: DriveProduct = {
  ...sonySdx900,
  products: ['SDX-1100V', 'SDX-1100'],
  description: 'Sony AIT-5',
  densities: [reads(ait.AIT3), writes(ait.AIT4), writes(ait.AIT5)],
};
