// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 10.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { lto10 } from './generations.js';
import { ibmNames } from './ibm.js';
import { ibmLto9 } from './ibm-9.js';

export const ibmLto10: DriveProduct = {
  ...ibmLto9,
  ...lto10,
  ...ibmNames(10, 'A'),
  timeouts: ibmLtoTimeouts[10],
};
