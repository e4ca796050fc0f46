// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-5.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLto5 } from './ibm-5.js';

/* Built by IBM. */
export const quantumLto5: DriveProduct = {
  ...ibmLto5,
  vendor: 'QUANTUM',
  products: ['ULTRIUM 5'],
  description: 'Quantum LTO-5',
};
