// SPDX-License-Identifier: GPL-2.0-or-later
// Tandberg Data LTO-2, half height.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLto2 } from './hpe-2.js';

/* Built by HP. */
export const tandbergLto2: DriveProduct = {
  ...hpeLto2,
  vendor: 'TANDBERG',
  products: ['LTO-2 HH'],
  description: 'Tandberg LTO-2 half height',
};
