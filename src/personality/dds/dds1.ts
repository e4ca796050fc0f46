// SPDX-License-Identifier: GPL-2.0-or-later
// HP 35470A and Sony SDT-1000, DDS drives: SCSI-2.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dds, writes } from '../densities.js';
import { driveDefaults, driveInquiry, scsi2Commands } from '../drive-defaults.js';

export const dds1: DriveProduct = {
  ...driveDefaults,
  vendor: 'HP',
  products: ['HP35470A', 'SDT-1000'],
  description: 'HP DDS-1',
  inquiry: { ...driveInquiry, version: 2 },
  commands: scsi2Commands,
  densities: [writes(dds.DDS1)],
  cleanedBy: ['DDS'],
  spacesSequentialFilemarks: true,
  WORM: false,
  timing: {
    loadSeconds: 25,
    unloadSeconds: 15,
    tapeMetres: 90,
    wraps: 1,
    locateSpeed: 1.6,
    nativeRate: 0.18,
  },
};
