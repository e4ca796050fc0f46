// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum DLT-V4: of the family of DLT1 and VS160.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dlt, reads, writes } from '../densities.js';
import { driveDefaults, driveInquiry } from '../drive-defaults.js';
import { sdltVpdPages } from './dlt.js';

export const dltV4: DriveProduct = {
  ...driveDefaults,
  vendor: 'QUANTUM',
  products: ['DLT-V4', 'DLT V4'],
  description: 'Quantum DLT-V4',
  /* 50h is that of the VS160, the drive before it. */
  unconfirmed: ['density code', 'bits per mm', 'tracks'],
  inquiry: driveInquiry,
  densities: [reads(dlt['DLT4 40'], 'DLT4'), writes(dlt.DLTV4)],
  cleanedBy: ['DLT'],
  spacesSequentialFilemarks: true,
  vpdPages: sdltVpdPages,
  timing: {
    loadSeconds: 40,
    unloadSeconds: 20,
    tapeMetres: 640,
    wraps: 160,
    locateSpeed: 5,
    nativeRate: 10,
  },
};
