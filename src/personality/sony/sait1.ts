// SPDX-License-Identifier: GPL-2.0-or-later
// Sony SDZ-100 and SDZ-130, the SAIT-1 drives.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { sait, writes } from '../densities.js';
import { driveDefaults } from '../drive-defaults.js';

export const sonySdz100: DriveProduct = {
  ...driveDefaults,
  vendor: 'SONY',
  products: ['SDZ-100', 'SDZ-130'],
  description: 'Sony SAIT-1',
  unconfirmed: ['density code', 'bits per mm'],
  densities: [writes(sait.SAIT1)],
  cleanedBy: ['SAIT'],
  timing: {
    loadSeconds: 23,
    unloadSeconds: 20,
    tapeMetres: 600,
    wraps: 1,
    locateSpeed: 8,
    nativeRate: 30,
  },
};
