// SPDX-License-Identifier: GPL-2.0-or-later
// IBM TS1160.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibm3592, reads, writes } from '../densities.js';
import { enterpriseTimeouts } from '../timeouts.js';
import { ibm0359255f } from './55f.js';
import { enterpriseEncryption } from './3592.js';

export const ibm0359260f: DriveProduct = {
  ...ibm0359255f,
  products: ['0359260F', '0359260S', '0359260E'],
  description: 'IBM TS1160',
  densities: [
    reads(ibm3592.E07),
    writes(ibm3592.E08),
    writes(ibm3592['55F']),
    writes(ibm3592['60F']),
  ],
  encryption: { ...enterpriseEncryption('E07', 'E08', '55F', '60F'), tellsPublicKey: true },
  timing: { ...ibm0359255f.timing, wraps: 272, nativeRate: 400 },
  timeouts: enterpriseTimeouts.TS1160,
};
