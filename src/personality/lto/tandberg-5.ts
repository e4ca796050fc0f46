// SPDX-License-Identifier: GPL-2.0-or-later
// Tandberg Data LTO-5, half height.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLto5 } from './hpe-5.js';

/* Built by HP. */
export const tandbergLto5: DriveProduct = {
  ...hpeLto5,
  vendor: 'TANDBERG',
  products: ['LTO-5 HH'],
  description: 'Tandberg LTO-5 half height',
};
