// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 6.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto6 } from './generations.js';
import { ibmNames } from './ibm.js';
import { ibmLto5 } from './ibm-5.js';

export const ibmLto6: DriveProduct = {
  ...ibmLto5,
  ...lto6,
  ...ibmNames(6),
};
