// SPDX-License-Identifier: GPL-2.0-or-later
// IBM TotalStorage Ultrium drive, LTO generation 8.
import type { DriveProduct } from '../ssc/drive-product.js';
import { ibmLto } from './lto.js';

export const ibmUlt3580Td8: DriveProduct = {
  ...ibmLto(8),
  products: ['ULT3580-TD8', 'ULT3580-HH8', 'ULTRIUM-TD8', 'ULTRIUM-HH8'],
  description: 'IBM LTO Ultrium 8',
};
