// SPDX-License-Identifier: GPL-2.0-or-later
// StorageTek T9940A.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { t9940, writes } from '../densities.js';
import { stkDrive, stkInquiry } from './stk.js';

export const t9940A: DriveProduct = {
  ...stkDrive,
  products: ['T9940A'],
  description: 'StorageTek T9940A',
  inquiry: stkInquiry(0x12),
  densities: [writes(t9940['9940A'])],
  cleanedBy: ['9940'],
  WORM: false,
  maximumBlockLength: 0x040000,
  timing: {
    loadSeconds: 18,
    unloadSeconds: 18,
    tapeMetres: 862,
    wraps: 18,
    locateSpeed: 8,
    nativeRate: 10,
  },
};
