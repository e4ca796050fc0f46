// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum DLT-S4.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { reads, sdlt, writes } from '../densities.js';
import { dltInquiry } from './dlt.js';
import { sdlt600 } from './sdlt600.js';

export const dltS4: DriveProduct = {
  ...sdlt600,
  products: ['DLT-S4', 'DLT S4'],
  description: 'Quantum DLT-S4',
  inquiry: dltInquiry(0xd0, 5),
  densities: [reads(sdlt.SDLT320), reads(sdlt.SDLT600), writes(sdlt.DLTS4)],
  cleanedBy: ['SDLT', 'DLT'],
  timing: { ...sdlt600.timing, tapeMetres: 640, wraps: 80, nativeRate: 60 },
};
