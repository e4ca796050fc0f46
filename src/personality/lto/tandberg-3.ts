// SPDX-License-Identifier: GPL-2.0-or-later
// Tandberg Data LTO-3, half height.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLto3 } from './hpe-3.js';

/* Built by HP. */
export const tandbergLto3: DriveProduct = {
  ...hpeLto3,
  vendor: 'TANDBERG',
  products: ['LTO-3 HH'],
  description: 'Tandberg LTO-3 half height',
};
