// SPDX-License-Identifier: GPL-2.0-or-later
// HP C1537A and Sony SDT-9000, DDS-3 drives.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dds, writes } from '../densities.js';
import { dds2 } from './dds2.js';

export const dds3: DriveProduct = {
  ...dds2,
  products: ['C1537A', 'SDT-9000'],
  description: 'HP DDS-3',
  densities: [writes(dds.DDS1), writes(dds.DDS2), writes(dds.DDS3)],
  timing: { ...dds2.timing, tapeMetres: 125, nativeRate: 1 },
};
