// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum SDLT 600: new tape; SDLT I cartridges are read only.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { reads, sdlt, writes } from '../densities.js';
import { dltInquiry } from './dlt.js';
import { sdlt320 } from './sdlt320.js';

export const sdlt600: DriveProduct = {
  ...sdlt320,
  products: ['SDLT600', 'SDLT 600'],
  description: 'Quantum SDLT 600',
  inquiry: dltInquiry(0xc0, 5),
  compressionDensities: [],
  densities: [reads(sdlt.SDLT220, 'SDLT1', 'SDLT220'), reads(sdlt.SDLT320), writes(sdlt.SDLT600)],
  WORM: true,
  timing: { ...sdlt320.timing, tapeMetres: 600, wraps: 40, nativeRate: 36 },
};
