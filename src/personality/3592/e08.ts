// SPDX-License-Identifier: GPL-2.0-or-later
// IBM TS1150.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibm3592, writes } from '../densities.js';
import { lto7VpdPages } from '../lto/ultrium.js';
import { enterpriseTimeouts } from '../timeouts.js';
import { enterpriseEncryption } from './3592.js';
import { ibm03592E07 } from './e07.js';

export const ibm03592E08: DriveProduct = {
  ...ibm03592E07,
  products: ['03592E08'],
  description: 'IBM TS1150',
  densities: [writes(ibm3592.E07), writes(ibm3592.E08)],
  vpdPages: lto7VpdPages(ibm03592E07),
  protectionMethods: ['Reed-Solomon CRC', 'CRC32C'],
  encryption: { ...enterpriseEncryption('E07', 'E08'), tellsPublicKey: true },
  timing: { ...ibm03592E07.timing, tapeMetres: 1072, wraps: 160, nativeRate: 360 },
  timeouts: enterpriseTimeouts.TS1150,
};
