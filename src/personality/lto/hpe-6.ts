// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE Ultrium, LTO generation 6.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto6 } from './generations.js';
import { hpeNames } from './hpe.js';
import { hpeLto5 } from './hpe-5.js';

export const hpeLto6: DriveProduct = {
  ...hpeLto5,
  ...lto6,
  ...hpeNames(6),
};
