// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE Ultrium, LTO generation 8.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLtoTimeouts } from '../timeouts.js';
import { lto8 } from './generations.js';
import { hpeNames } from './hpe.js';
import { hpeLto7 } from './hpe-7.js';

export const hpeLto8: DriveProduct = {
  ...hpeLto7,
  ...lto8,
  ...hpeNames(8),
  timeouts: hpeLtoTimeouts[8],
};
