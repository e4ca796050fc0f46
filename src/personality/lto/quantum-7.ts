// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-7.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLto7 } from './ibm-7.js';

/* Built by IBM. */
export const quantumLto7: DriveProduct = {
  ...ibmLto7,
  vendor: 'QUANTUM',
  products: ['ULTRIUM 7'],
  description: 'Quantum LTO-7',
};
