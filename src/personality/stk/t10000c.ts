// SPDX-License-Identifier: GPL-2.0-or-later
// Oracle StorageTek T10000C: new tape; the cartridges of the A and B are read only.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { reads, t10000, writes } from '../densities.js';
import { stkEncryption } from './stk.js';
import { t10000B } from './t10000b.js';

export const t10000C: DriveProduct = {
  ...t10000B,
  products: ['T10000C'],
  description: 'Oracle StorageTek T10000C',
  densities: [reads(t10000.T10KA), reads(t10000.T10KB), writes(t10000.T10KC)],
  protectionMethods: ['CRC32C'],
  encryption: stkEncryption('T10KC'),
  timing: { ...t10000B.timing, tapeMetres: 1107, wraps: 112, locateSpeed: 13, nativeRate: 240 },
};
