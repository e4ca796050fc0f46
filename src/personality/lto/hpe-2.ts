// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE Ultrium, LTO generation 2.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto, writes } from '../densities.js';
import { lto2 } from './generations.js';
import { hpeNames } from './hpe.js';
import { hpeLto1 } from './hpe-1.js';

export const hpeLto2: DriveProduct = {
  ...hpeLto1,
  ...lto2,
  ...hpeNames(2),
  /* HP's drives count the bits of their own generation otherwise. */
  densities: [writes(lto.LTO1), writes({ ...lto.LTO2, bitsPerMillimetre: 3660 })],
};
