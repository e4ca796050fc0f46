// SPDX-License-Identifier: GPL-2.0-or-later
// Sun StorageTek T10000B.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { reads, t10000, writes } from '../densities.js';
import { stkEncryption, stkInquiry } from './stk.js';
import { t10000A, t10000Descriptors } from './t10000a.js';

export const t10000B: DriveProduct = {
  ...t10000A,
  products: ['T10000B'],
  description: 'Sun StorageTek T10000B',
  inquiry: stkInquiry(0x16, t10000Descriptors),
  densities: [reads(t10000.T10KA), writes(t10000.T10KB, 'T10KA', 'T10KB')],
  encryption: stkEncryption('T10KA', 'T10KB'),
  timing: { ...t10000A.timing, wraps: 36 },
};
