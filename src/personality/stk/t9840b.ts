// SPDX-License-Identifier: GPL-2.0-or-later
// StorageTek T9840B: the density of the A, twice as fast.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { t9840, writes } from '../densities.js';
import { t9840A } from './t9840a.js';

export const t9840B: DriveProduct = {
  ...t9840A,
  products: ['T9840B'],
  description: 'StorageTek T9840B',
  densities: [writes(t9840['9840A'], '9840A', '9840B')],
  WORM: true,
  timing: { ...t9840A.timing, nativeRate: 19 },
};
