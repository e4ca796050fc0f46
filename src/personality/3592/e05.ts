// SPDX-License-Identifier: GPL-2.0-or-later
// IBM System Storage TS1120.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibm3592, writes } from '../densities.js';
import { enterpriseEncryption } from './3592.js';
import { ibm03592J1a } from './j1a.js';

export const ibm03592E05: DriveProduct = {
  ...ibm03592J1a,
  products: ['03592E05'],
  description: 'IBM System Storage TS1120',
  densities: [writes(ibm3592.J1A), writes(ibm3592.E05)],
  encryption: enterpriseEncryption('J1A', 'E05'),
  marksEncryptedDensity: true,
  timing: { ...ibm03592J1a.timing, loadSeconds: 15, wraps: 56, nativeRate: 100 },
};
