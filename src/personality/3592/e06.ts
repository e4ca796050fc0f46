// SPDX-License-Identifier: GPL-2.0-or-later
// IBM System Storage TS1130.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibm3592, reads, writes } from '../densities.js';
import { enterpriseEncryption } from './3592.js';
import { ibm03592E05 } from './e05.js';

export const ibm03592E06: DriveProduct = {
  ...ibm03592E05,
  products: ['03592E06'],
  description: 'IBM System Storage TS1130',
  densities: [reads(ibm3592.J1A), writes(ibm3592.E05, 'J1A', 'E05'), writes(ibm3592.E06)],
  encryption: enterpriseEncryption('J1A', 'E05', 'E06'),
  timing: { ...ibm03592E05.timing, tapeMetres: 825, wraps: 72, locateSpeed: 10, nativeRate: 160 },
};
