// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE Ultrium, LTO generation 4: encryption.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto4 } from './generations.js';
import { hpeNames } from './hpe.js';
import { hpeLto3 } from './hpe-3.js';
import { lto4Pages } from './ultrium.js';

export const hpeLto4: DriveProduct = {
  ...hpeLto3,
  ...lto4,
  ...lto4Pages(hpeLto3),
  ...hpeNames(4),
};
