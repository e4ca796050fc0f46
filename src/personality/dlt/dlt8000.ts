// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum DLT8000: 40 GB on a DLTtape IV.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dlt, writes } from '../densities.js';
import { dlt7000 } from './dlt7000.js';

export const dlt8000: DriveProduct = {
  ...dlt7000,
  products: ['DLT8000'],
  description: 'Quantum DLT8000',
  compressionDensities: [0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x88, 0x89],
  densities: [...dlt7000.densities, writes(dlt['DLT4 40'], 'DLT4')],
  timing: { ...dlt7000.timing, nativeRate: 6 },
};
