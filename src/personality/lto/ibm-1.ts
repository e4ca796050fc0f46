// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 1.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { lto1 } from './generations.js';
import { ibmNames, ibmUltrium } from './ibm.js';

export const ibmLto1: DriveProduct = {
  ...ibmUltrium,
  ...lto1,
  ...ibmNames(1),
  timeouts: ibmLtoTimeouts[1],
};
