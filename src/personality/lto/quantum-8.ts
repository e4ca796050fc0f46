// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-8.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLto8 } from './ibm-8.js';

/* Built by IBM. */
export const quantumLto8: DriveProduct = {
  ...ibmLto8,
  vendor: 'QUANTUM',
  products: ['ULTRIUM 8'],
  description: 'Quantum LTO-8',
};
