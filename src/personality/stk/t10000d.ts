// SPDX-License-Identifier: GPL-2.0-or-later
// Oracle StorageTek T10000D.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { reads, t10000, writes } from '../densities.js';
import { stkEncryption } from './stk.js';
import { t10000C } from './t10000c.js';

export const t10000D: DriveProduct = {
  ...t10000C,
  products: ['T10000D'],
  description: 'Oracle StorageTek T10000D',
  densities: [
    reads(t10000.T10KA),
    reads(t10000.T10KB),
    reads(t10000.T10KC),
    writes(t10000.T10KD, 'T10KC', 'T10KD'),
  ],
  encryption: stkEncryption('T10KC', 'T10KD'),
  timing: { ...t10000C.timing, wraps: 144, nativeRate: 252 },
};
