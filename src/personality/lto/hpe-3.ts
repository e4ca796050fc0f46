// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE Ultrium, LTO generation 3: WORM.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto, reads, writes } from '../densities.js';
import { lto3 } from './generations.js';
import { hpeNames, wormInquiry } from './hpe.js';
import { hpeLto2 } from './hpe-2.js';
import { lto3Pages } from './ultrium.js';

export const hpeLto3: DriveProduct = {
  ...hpeLto2,
  ...lto3,
  ...lto3Pages(hpeLto2),
  ...hpeNames(3),
  /* HP's drives count the bits of their own generation otherwise. */
  densities: [reads(lto.LTO1), writes(lto.LTO2), writes({ ...lto.LTO3, bitsPerMillimetre: 4880 })],
  inquiry: wormInquiry,
};
