// SPDX-License-Identifier: GPL-2.0-or-later
// StorageTek T9940B.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { reads, t9940, writes } from '../densities.js';
import { t9940A } from './t9940a.js';

export const t9940B: DriveProduct = {
  ...t9940A,
  products: ['T9940B'],
  description: 'StorageTek T9940B',
  densities: [reads(t9940['9940A']), writes(t9940['9940B'], '9940A', '9940B')],
  WORM: true,
  timing: { ...t9940A.timing, wraps: 36, nativeRate: 30 },
};
