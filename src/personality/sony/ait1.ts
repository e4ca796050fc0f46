// SPDX-License-Identifier: GPL-2.0-or-later
// Sony SDX-300C, the AIT-1 drive: SCSI-2.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ait, writes } from '../densities.js';
import { driveDefaults, driveInquiry } from '../drive-defaults.js';

export const aitDrive = {
  ...driveDefaults,
  vendor: 'SONY',
  cleanedBy: ['AIT'],
  WORM: false,
} satisfies Partial<DriveProduct>;

export const sonySdx300: DriveProduct = {
  ...aitDrive,
  products: ['SDX-300C'],
  description: 'Sony AIT-1',
  inquiry: { ...driveInquiry, version: 2 },
  densities: [writes(ait.AIT1)],
  timing: {
    loadSeconds: 10,
    unloadSeconds: 8,
    tapeMetres: 230,
    wraps: 1,
    locateSpeed: 4,
    nativeRate: 4,
  },
};
