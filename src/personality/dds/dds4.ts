// SPDX-License-Identifier: GPL-2.0-or-later
// HP C5683A and Sony SDT-11000, DDS-4 drives.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dds, writes } from '../densities.js';
import { dds3 } from './dds3.js';

export const dds4: DriveProduct = {
  ...dds3,
  products: ['C5683A', 'SDT-11000'],
  description: 'HP DDS-4',
  densities: [writes(dds.DDS2), writes(dds.DDS3), writes(dds.DDS4)],
  timing: { ...dds3.timing, tapeMetres: 150, nativeRate: 3 },
};
