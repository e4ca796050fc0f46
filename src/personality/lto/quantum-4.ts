// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-4.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLto4 } from './hpe-4.js';

/* Of the pages of other makers, those of HP come nearest. */
export const quantumLto4: DriveProduct = {
  ...hpeLto4,
  vendor: 'QUANTUM',
  products: ['ULTRIUM 4'],
  description: 'Quantum LTO-4',
};
