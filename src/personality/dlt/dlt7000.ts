// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum DLT7000: 35 GB on a DLTtape IV.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dlt, writes } from '../densities.js';
import { dltInquiry } from './dlt.js';
import { dlt4000 } from './dlt4000.js';

export const dlt7000: DriveProduct = {
  ...dlt4000,
  products: ['DLT7000'],
  description: 'Quantum DLT7000',
  inquiry: dltInquiry(0xa0, 2),
  compressionDensities: [0x80, 0x81, 0x82, 0x83, 0x84, 0x85],
  densities: [...dlt4000.densities, writes(dlt.DLT4)],
  timing: { ...dlt4000.timing, loadSeconds: 40, wraps: 52, nativeRate: 5 },
};
