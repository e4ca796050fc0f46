// SPDX-License-Identifier: GPL-2.0-or-later
// HP DAT 320.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dds, writes } from '../densities.js';
import { dat160 } from './dat160.js';

export const dat320: DriveProduct = {
  ...dat160,
  products: ['DAT320'],
  description: 'HP DAT 320',
  unconfirmed: ['density code', 'bits per mm'],
  densities: [writes(dds.DAT160), writes(dds.DAT320)],
  timing: { ...dat160.timing, tapeMetres: 153, nativeRate: 12 },
};
