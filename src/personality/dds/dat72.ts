// SPDX-License-Identifier: GPL-2.0-or-later
// HP DAT 72, the fifth generation of DDS.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dds, writes } from '../densities.js';
import { driveDefaults, driveInquiry } from '../drive-defaults.js';
import { dds4 } from './dds4.js';

export const dat72: DriveProduct = {
  ...dds4,
  products: ['C7438A', 'DAT72'],
  description: 'HP DAT 72',
  inquiry: driveInquiry,
  commands: driveDefaults.commands,
  densities: [writes(dds.DDS3), writes(dds.DDS4), writes(dds.DDS5)],
  timing: { ...dds4.timing, tapeMetres: 170, nativeRate: 3.5 },
};
