// SPDX-License-Identifier: GPL-2.0-or-later
// Tandberg Data LTO-7, half height.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLto7 } from './hpe-7.js';

/* Built by HP. */
export const tandbergLto7: DriveProduct = {
  ...hpeLto7,
  vendor: 'TANDBERG',
  products: ['LTO-7 HH'],
  description: 'Tandberg LTO-7 half height',
};
