// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum (before: Seagate, Certance) LTO-9.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLto9HalfHeight } from './ibm-9.js';

/* Built by IBM. */
export const quantumLto9: DriveProduct = {
  ...ibmLto9HalfHeight,
  vendor: 'QUANTUM',
  products: ['ULTRIUM 9'],
  description: 'Quantum LTO-9',
};
