// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum DLT4000: 20 GB on a DLTtape IV.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dlt, writes } from '../densities.js';
import { dltInquiry } from './dlt.js';
import { dlt2000 } from './dlt2000.js';

export const dlt4000: DriveProduct = {
  ...dlt2000,
  products: ['DLT4000'],
  description: 'Quantum DLT4000',
  inquiry: dltInquiry(0x90, 2),
  compressionDensities: [0x80, 0x81, 0x82, 0x83],
  densities: [writes(dlt.DLT2), writes(dlt.DLT3), writes(dlt['DLT4 20'], 'DLT4')],
  timing: { ...dlt2000.timing, tapeMetres: 557, nativeRate: 1.5 },
};
