// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-1.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLto1 } from './hpe-1.js';

/* Of the pages of other makers, those of HP come nearest. */
export const quantumLto1: DriveProduct = {
  ...hpeLto1,
  vendor: 'QUANTUM',
  /* XXX is no gap: Seagate's drive says it of itself. */
  products: ['ULTRIUM 1', 'ULTRIUM06242-XXX'],
  description: 'Quantum LTO-1',
  unconfirmed: ['vendor-specific pages'],
};
