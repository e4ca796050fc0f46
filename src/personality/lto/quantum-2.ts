// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-2.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto2 } from './generations.js';
import { hpeLto2 } from './hpe-2.js';

/* Of the pages of other makers, those of HP come nearest. */
export const quantumLto2: DriveProduct = {
  ...hpeLto2,
  densities: lto2.densities,
  vendor: 'QUANTUM',
  products: ['ULTRIUM 2'],
  description: 'Quantum LTO-2',
  unconfirmed: ['vendor-specific pages'],
};
