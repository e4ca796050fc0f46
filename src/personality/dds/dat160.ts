// SPDX-License-Identifier: GPL-2.0-or-later
// HP DAT 160: wider tape.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dds, writes } from '../densities.js';
import { dat72 } from './dat72.js';

export const dat160: DriveProduct = {
  ...dat72,
  products: ['DAT160'],
  description: 'HP DAT 160',
  densities: [writes(dds.DDS4), writes(dds.DDS5), writes(dds.DAT160)],
  timing: { ...dat72.timing, tapeMetres: 154, nativeRate: 6.9 },
};
