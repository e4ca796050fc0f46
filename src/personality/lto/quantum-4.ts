// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-4.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto, reads, writes } from '../densities.js';
import { hpeLto4 } from './hpe-4.js';
import { quantumDensity } from './quantum-3.js';

/* Of the pages of other makers, those of HP come nearest. */
export const quantumLto4: DriveProduct = {
  ...hpeLto4,
  densities: [reads(lto.LTO2), writes(quantumDensity), writes(lto.LTO4)],
  vendor: 'QUANTUM',
  products: ['ULTRIUM 4'],
  description: 'Quantum LTO-4',
  unconfirmed: ['vendor-specific pages'],
};
