// SPDX-License-Identifier: GPL-2.0-or-later
// StorageTek T9840C.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { reads, t9840, writes } from '../densities.js';
import { t9840B } from './t9840b.js';

export const t9840C: DriveProduct = {
  ...t9840B,
  products: ['T9840C'],
  description: 'StorageTek T9840C',
  densities: [reads(t9840['9840A']), writes(t9840['9840C'], '9840B', '9840C')],
  timing: { ...t9840B.timing, nativeRate: 30 },
};
