// SPDX-License-Identifier: GPL-2.0-or-later
// Sun StorageTek T10000A.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { t10000, writes } from '../densities.js';
import { stkDrive, stkEncryption, stkInquiry } from './stk.js';

/** Versions of SAM-3, SPC-3, SSC-3 and FCP-3 (SPC-5 table 151). */
export const t10000Descriptors = [0x0077, 0x0314, 0x0403, 0x0a11];

export const t10000A: DriveProduct = {
  ...stkDrive,
  products: ['T10000A'],
  description: 'Sun StorageTek T10000A',
  inquiry: stkInquiry(0x12, t10000Descriptors),
  densities: [writes(t10000.T10KA)],
  cleanedBy: ['T10000'],
  maximumBlockLength: 0x200000,
  encryption: stkEncryption('T10KA'),
  timing: {
    loadSeconds: 16,
    unloadSeconds: 12,
    tapeMetres: 855,
    wraps: 24,
    locateSpeed: 10,
    nativeRate: 120,
  },
};
