// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum DLT8000: 40 GB on a DLTtape IV.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dlt, writes } from '../densities.js';
import { dlt7000 } from './dlt7000.js';

export const dlt8000: DriveProduct = {
  ...dlt7000,
  products: ['DLT8000'],
  description: 'Quantum DLT8000',
  densities: [...dlt7000.densities, writes(dlt['DLT4 40'], 'DLT4')],
  timing: { ...dlt7000.timing, nativeRate: 6 },
};
