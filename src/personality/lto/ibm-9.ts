// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 9.
import { environmentalReportingPage } from '../../spc/log-pages/environmental-reporting.js';
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { lto9 } from './generations.js';
import { oemName } from './ibm.js';
import { ibmLto8 } from './ibm-8.js';

export const ibmLto9HalfHeight: DriveProduct = {
  ...ibmLto8,
  ...lto9,
  products: ['ULT3580-HH9', 'ULTRIUM-HH9', oemName(9)],
  description: 'IBM LTO Ultrium 9, half height',
  logPages: [...ibmLto8.logPages, environmentalReportingPage],
  timeouts: ibmLtoTimeouts[9],
};

/* Only the full height drive recommends an order of access. */
export const ibmLto9: DriveProduct = {
  ...ibmLto9HalfHeight,
  products: ['ULT3580-TD9', 'ULTRIUM-TD9'],
  description: 'IBM LTO Ultrium 9',
  recommendsAccessOrder: true,
};
