// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-6.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLto6 } from './ibm-6.js';

/* Built by IBM. */
export const quantumLto6: DriveProduct = {
  ...ibmLto6,
  vendor: 'QUANTUM',
  products: ['ULTRIUM 6'],
  description: 'Quantum LTO-6',
};
