// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE Ultrium, LTO generation 5: partitions.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto5 } from './generations.js';
import { hpeNames } from './hpe.js';
import { hpeLto4 } from './hpe-4.js';
import { lto5Pages } from './ultrium.js';

export const hpeLto5: DriveProduct = {
  ...hpeLto4,
  ...lto5,
  ...lto5Pages(hpeLto4),
  ...hpeNames(5),
};
