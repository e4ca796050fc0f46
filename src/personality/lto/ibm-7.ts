// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 7: CRC32C protects blocks, too.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { replacePage } from '../replace-page.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { lto7 } from './generations.js';
import { ibmNames } from './ibm.js';
import { ibmLto6 } from './ibm-6.js';
import { blocksBytesTransferred } from './ibm-log-pages.js';
import { lto7VpdPages } from './ultrium.js';

export const ibmLto7: DriveProduct = {
  ...ibmLto6,
  ...lto7,
  ...ibmNames(7),
  vpdPages: lto7VpdPages(ibmLto6),
  logPages: replacePage(
    ibmLto6.logPages,
    blocksBytesTransferred.short,
    blocksBytesTransferred.long,
  ),
  protectionMethods: ['Reed-Solomon CRC', 'CRC32C'],
  timeouts: ibmLtoTimeouts[7],
};
