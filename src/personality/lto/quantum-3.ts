// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-3.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLto3 } from './hpe-3.js';

/* Of the pages of other makers, those of HP come nearest. */
export const quantumLto3: DriveProduct = {
  ...hpeLto3,
  vendor: 'QUANTUM',
  products: ['ULTRIUM 3'],
  description: 'Quantum LTO-3',
};
