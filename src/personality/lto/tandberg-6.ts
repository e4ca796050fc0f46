// SPDX-License-Identifier: GPL-2.0-or-later
// Tandberg Data LTO-6, half height.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLto6 } from './hpe-6.js';

/* Built by HP. */
export const tandbergLto6: DriveProduct = {
  ...hpeLto6,
  vendor: 'TANDBERG',
  products: ['LTO-6 HH'],
  description: 'Tandberg LTO-6 half height',
};
