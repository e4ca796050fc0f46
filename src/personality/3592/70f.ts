// SPDX-License-Identifier: GPL-2.0-or-later
// IBM TS1170.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibm3592, writes } from '../densities.js';
import { enterpriseTimeouts } from '../timeouts.js';
import { ibm0359260f } from './60f.js';
import { enterpriseEncryption } from './3592.js';

export const ibm0359270f: DriveProduct = {
  ...ibm0359260f,
  products: ['0359270F', '0359270S'],
  description: 'IBM TS1170',
  unconfirmed: ['medium type', 'tracks'],
  densities: [writes(ibm3592['70F'])],
  encryption: { ...enterpriseEncryption('70F'), tellsPublicKey: true },
  timing: { ...ibm0359260f.timing, tapeMetres: 1337, wraps: 592 },
  timeouts: enterpriseTimeouts.TS1170,
};
