// SPDX-License-Identifier: GPL-2.0-or-later
// Sony SDZ-200, the SAIT-2 drive.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { reads, sait, writes } from '../densities.js';
import { sonySdz100 } from './sait1.js';

export const sonySdz200: DriveProduct = {
  ...sonySdz100,
  products: ['SDZ-200'],
  description: 'Sony SAIT-2',
  densities: [reads(sait.SAIT1), writes(sait.SAIT2)],
  timing: { ...sonySdz100.timing, tapeMetres: 640, nativeRate: 45 },
};
