// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum DLT2000.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dlt, writes } from '../densities.js';
import { dltDrive, dltInquiry } from './dlt.js';

export const dlt2000: DriveProduct = {
  ...dltDrive,
  products: ['DLT2000'],
  description: 'Quantum DLT2000',
  inquiry: dltInquiry(0x70, 2),
  densities: [writes(dlt.DLT2), writes(dlt.DLT3)],
  timing: {
    loadSeconds: 48,
    unloadSeconds: 15,
    tapeMetres: 335,
    wraps: 64,
    locateSpeed: 4,
    nativeRate: 1.25,
  },
};
