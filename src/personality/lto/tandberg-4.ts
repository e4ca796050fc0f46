// SPDX-License-Identifier: GPL-2.0-or-later
// Tandberg Data LTO-4, half height.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLto4 } from './hpe-4.js';

/* Built by HP. */
export const tandbergLto4: DriveProduct = {
  ...hpeLto4,
  vendor: 'TANDBERG',
  products: ['LTO-4 HH'],
  description: 'Tandberg LTO-4 half height',
};
