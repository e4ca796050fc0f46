// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE Ultrium, LTO generation 7.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLtoTimeouts } from '../timeouts.js';
import { lto7 } from './generations.js';
import { hpeNames } from './hpe.js';
import { hpeLto6 } from './hpe-6.js';
import { lto7VpdPages } from './ultrium.js';

export const hpeLto7: DriveProduct = {
  ...hpeLto6,
  ...lto7,
  ...hpeNames(7),
  vpdPages: lto7VpdPages(hpeLto6),
  timeouts: hpeLtoTimeouts[7],
};
