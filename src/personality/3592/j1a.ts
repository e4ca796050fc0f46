// SPDX-License-Identifier: GPL-2.0-or-later
// IBM TotalStorage 3592 J1A.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibm3592, writes } from '../densities.js';
import { ibm3592Drive } from './3592.js';

export const ibm03592J1a: DriveProduct = {
  ...ibm3592Drive,
  products: ['03592J1A'],
  description: 'IBM TotalStorage 3592 J1A',
  densities: [writes(ibm3592.J1A)],
  timing: {
    loadSeconds: 19,
    unloadSeconds: 19,
    tapeMetres: 610,
    wraps: 64,
    locateSpeed: 8,
    nativeRate: 40,
  },
};
