// SPDX-License-Identifier: GPL-2.0-or-later
// Sony SDX-300C, the AIT-1 drive: SCSI-2.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ait, writes } from '../densities.js';
import { driveDefaults, driveInquiry, scsi2Commands } from '../drive-defaults.js';
import { aitDeviceConfigurationPage } from './sony-mode-pages.js';
import { firmwareRevision, security } from './sony-vpd-pages.js';

export const aitDrive = {
  ...driveDefaults,
  vendor: 'SONY',
  cleanedBy: ['AIT'],
  WORM: false,
  vpdPages: [...driveDefaults.vpdPages, firmwareRevision, security],
  modePages: [...driveDefaults.modePages, aitDeviceConfigurationPage],
} satisfies Partial<DriveProduct>;

export const sonySdx300: DriveProduct = {
  ...aitDrive,
  products: ['SDX-300C'],
  description: 'Sony AIT-1',
  inquiry: { ...driveInquiry, version: 2 },
  commands: scsi2Commands,
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
