// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE Ultrium, LTO generation 1.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto1 } from './generations.js';
import { hpeNames, hpeUltrium } from './hpe.js';

export const hpeLto1: DriveProduct = {
  ...hpeUltrium,
  ...lto1,
  ...hpeNames(1),
};
