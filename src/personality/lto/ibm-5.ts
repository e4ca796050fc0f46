// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 5: partitions, append-only mode, logical block protection with a Reed-Solomon CRC.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { lto5 } from './generations.js';
import { ibmNames } from './ibm.js';
import { ibmLto4 } from './ibm-4.js';
import { blocksBytesTransferred, withIbmLogPages } from './ibm-log-pages.js';
import { lto5Pages } from './ultrium.js';

const pages = lto5Pages(ibmLto4);

export const ibmLto5: DriveProduct = {
  ...ibmLto4,
  ...lto5,
  ...pages,
  logPages: withIbmLogPages(pages.logPages, blocksBytesTransferred.short),
  ...ibmNames(5),
  programmableEarlyWarning: true,
  appendOnlyMode: true,
  protectionMethods: ['Reed-Solomon CRC'],
  timeouts: ibmLtoTimeouts[5],
};
