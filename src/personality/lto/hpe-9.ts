// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE Ultrium, LTO generation 9: logical block protection, programmable early warning.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { lto9 } from './generations.js';
import { hpeNames } from './hpe.js';
import { hpeLto8 } from './hpe-8.js';

export const hpeLto9: DriveProduct = {
  ...hpeLto8,
  ...lto9,
  ...hpeNames(9),
  timeouts: ibmLtoTimeouts[9],
  programmableEarlyWarning: true,
  appendOnlyMode: true,
  protectionMethods: ['Reed-Solomon CRC', 'CRC32C'],
};
