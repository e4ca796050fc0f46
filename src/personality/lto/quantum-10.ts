// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-10.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { guessesOfLTO10P } from './generations.js';
import { ibmLto10 } from './ibm-10.js';

/* Built by IBM. */
export const quantumLto10: DriveProduct = {
  ...ibmLto10,
  vendor: 'QUANTUM',
  products: ['ULTRIUM 10'],
  description: 'Quantum LTO-10',
  unconfirmed: [...guessesOfLTO10P, 'product identification'],
};
