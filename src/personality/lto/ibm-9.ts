// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 9.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto9 } from './generations.js';
import { ibmNames } from './ibm.js';
import { ibmLto8 } from './ibm-8.js';

export const ibmLto9: DriveProduct = {
  ...ibmLto8,
  ...lto9,
  ...ibmNames(9),
};
