// SPDX-License-Identifier: GPL-2.0-or-later
// StorageTek T9840A.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { t9840, writes } from '../densities.js';
import { stkDrive, stkInquiry } from './stk.js';

export const t9840A: DriveProduct = {
  ...stkDrive,
  /* The drive itself says 9840; there was no B yet. */
  products: ['T9840A', '9840'],
  description: 'StorageTek T9840A',
  inquiry: stkInquiry(0x12),
  densities: [writes(t9840['9840A'])],
  cleanedBy: ['9840'],
  WORM: false,
  maximumBlockLength: 0x040000,
  timing: {
    loadSeconds: 4,
    unloadSeconds: 4,
    tapeMetres: 271,
    wraps: 18,
    locateSpeed: 8,
    nativeRate: 10,
  },
};
