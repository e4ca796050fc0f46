// SPDX-License-Identifier: GPL-2.0-or-later
// IBM System Storage TS1140.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ibm3592, reads, writes } from '../densities.js';
import { enterpriseTimeouts } from '../timeouts.js';
import { enterpriseEncryption, enterpriseSsc4Pages } from './3592.js';
import { ibm03592E06 } from './e06.js';

export const ibm03592E07: DriveProduct = {
  ...ibm03592E06,
  products: ['03592E07'],
  description: 'IBM System Storage TS1140',
  densities: [reads(ibm3592.E05), writes(ibm3592.E06, 'E05', 'E06'), writes(ibm3592.E07)],
  maximumPartitions: 4,
  ...enterpriseSsc4Pages(ibm03592E06),
  programmableEarlyWarning: true,
  appendOnlyMode: true,
  recommendsAccessOrder: true,
  tellsEndsOfWraps: true,
  protectionMethods: ['Reed-Solomon CRC'],
  encryption: enterpriseEncryption('E05', 'E06', 'E07'),
  timing: {
    ...ibm03592E06.timing,
    loadSeconds: 13,
    tapeMetres: 880,
    wraps: 80,
    locateSpeed: 12.4,
    nativeRate: 250,
  },
  timeouts: enterpriseTimeouts.TS1140,
};
