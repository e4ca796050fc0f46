// SPDX-License-Identifier: GPL-2.0-or-later
// IBM TS1155.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibm3592, reads, writes } from '../densities.js';
import { enterpriseTimeouts } from '../timeouts.js';
import { enterpriseEncryption } from './3592.js';
import { ibm03592E08 } from './e08.js';

export const ibm0359255f: DriveProduct = {
  ...ibm03592E08,
  products: ['0359255F', '0359255E'],
  description: 'IBM TS1155',
  densities: [reads(ibm3592.E07), writes(ibm3592.E08), writes(ibm3592['55F'])],
  encryption: { ...enterpriseEncryption('E07', 'E08', '55F'), tellsPublicKey: true },
  timing: { ...ibm03592E08.timing, wraps: 240 },
  timeouts: enterpriseTimeouts.TS1155,
};
