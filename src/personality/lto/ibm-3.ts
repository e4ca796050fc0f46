// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 3: WORM.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { lto3 } from './generations.js';
import { ibmNames } from './ibm.js';
import { ibmLto2 } from './ibm-2.js';
import { lto3Pages } from './ultrium.js';

export const ibmLto3: DriveProduct = {
  ...ibmLto2,
  ...lto3,
  ...lto3Pages(ibmLto2),
  ...ibmNames(3),
  timeouts: ibmLtoTimeouts[3],
};
