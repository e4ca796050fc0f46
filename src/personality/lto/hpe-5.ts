// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE Ultrium, LTO generation 5: partitions.
import { managementNetworkAddresses } from '../../spc/vpd-pages/management-network-addresses.js';
import type { DriveProduct } from '../../ssc/drive-product.js';
import { hpeLtoTimeouts } from '../timeouts.js';
import { lto5 } from './generations.js';
import { hpeNames } from './hpe.js';
import { hpeLto4 } from './hpe-4.js';
import { hpeLogPages } from './hpe-log-pages.js';
import { lto5Pages } from './ultrium.js';

const pages = lto5Pages(hpeLto4);

export const hpeLto5: DriveProduct = {
  ...hpeLto4,
  ...lto5,
  ...pages,
  vpdPages: [...pages.vpdPages, managementNetworkAddresses],
  logPages: [...pages.logPages, ...hpeLogPages],
  ...hpeNames(5),
  timeouts: hpeLtoTimeouts[5],
};
