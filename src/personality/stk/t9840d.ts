// SPDX-License-Identifier: GPL-2.0-or-later
// StorageTek T9840D: encryption.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { reads, t9840, writes } from '../densities.js';
import { stkEncryption } from './stk.js';
import { t9840C } from './t9840c.js';

export const t9840D: DriveProduct = {
  ...t9840C,
  products: ['T9840D'],
  description: 'StorageTek T9840D',
  densities: [reads(t9840['9840A'], '9840B'), writes(t9840['9840C']), writes(t9840['9840D'])],
  encryption: stkEncryption('9840C', '9840D'),
  timing: { ...t9840C.timing, wraps: 36 },
};
