// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 8.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { lto8 } from './generations.js';
import { ibmNames } from './ibm.js';
import { ibmLto7 } from './ibm-7.js';

export const ibmLto8: DriveProduct = {
  ...ibmLto7,
  ...lto8,
  ...ibmNames(8),
  timeouts: ibmLtoTimeouts[8],
};
