// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum SDLT 320.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { sdlt, writes } from '../densities.js';
import { sdlt220 } from './sdlt220.js';

export const sdlt320: DriveProduct = {
  ...sdlt220,
  products: ['SDLT 320', 'SDLT320'],
  description: 'Quantum SDLT 320',
  compressionDensities: [0x90, 0x91, 0x92, 0x93],
  densities: [...sdlt220.densities, writes(sdlt.SDLT320)],
  timing: { ...sdlt220.timing, nativeRate: 16 },
};
