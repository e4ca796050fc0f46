// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE Ultrium, LTO generation 10.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { guessesOfLTO10P, lto10 } from './generations.js';
import { hpeNames } from './hpe.js';
import { hpeLto9 } from './hpe-9.js';

export const hpeLto10: DriveProduct = {
  ...hpeLto9,
  ...lto10,
  ...hpeNames(10),
  unconfirmed: [...guessesOfLTO10P, 'product identification'],
  timeouts: ibmLtoTimeouts[10],
};
