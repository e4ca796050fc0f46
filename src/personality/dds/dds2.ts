// SPDX-License-Identifier: GPL-2.0-or-later
// HP C1533A and Sony SDT-5000, DDS-2 drives.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dds, writes } from '../densities.js';
import { dds1 } from './dds1.js';

export const dds2: DriveProduct = {
  ...dds1,
  products: ['C1533A', 'SDT-5000'],
  description: 'HP DDS-2',
  densities: [writes(dds.DDS1), writes(dds.DDS2)],
  timing: { ...dds1.timing, tapeMetres: 120, nativeRate: 0.51 },
};
