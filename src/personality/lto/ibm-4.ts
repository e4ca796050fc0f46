// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 4: encryption.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { lto4 } from './generations.js';
import { ibmNames } from './ibm.js';
import { ibmLto3 } from './ibm-3.js';
import { lto4Pages } from './ultrium.js';

export const ibmLto4: DriveProduct = {
  ...ibmLto3,
  ...lto4,
  ...lto4Pages(ibmLto3),
  ...ibmNames(4),
  timeouts: ibmLtoTimeouts[4],
};
