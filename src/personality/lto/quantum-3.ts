// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-3.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto, reads, writes } from '../densities.js';
import { hpeLto3 } from './hpe-3.js';

/** LTO-3, with its capacity in units of 10^6 bytes. */
export const quantumDensity = { ...lto.LTO3, capacity: 400_000 };

/* Of the pages of other makers, those of HP come nearest. */
export const quantumLto3: DriveProduct = {
  ...hpeLto3,
  densities: [reads(lto.LTO1), writes(lto.LTO2), writes(quantumDensity)],
  vendor: 'QUANTUM',
  products: ['ULTRIUM 3'],
  description: 'Quantum LTO-3',
  unconfirmed: ['vendor-specific pages'],
};
