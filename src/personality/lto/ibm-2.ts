// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 2.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { lto2 } from './generations.js';
import { ibmNames } from './ibm.js';
import { ibmLto1 } from './ibm-1.js';

export const ibmLto2: DriveProduct = {
  ...ibmLto1,
  ...lto2,
  ...ibmNames(2),
  timeouts: ibmLtoTimeouts[2],
};
