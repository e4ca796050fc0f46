// SPDX-License-Identifier: GPL-2.0-or-later
// The drive products there are. A new one is its file and a line here.

import type { DriveProduct } from '../ssc/drive-product.js';
import { defaultDrive } from './default-drive.js';
import { ibmUlt3580Td3 } from './ibm-ult3580-td3.js';
import { ibmUlt3580Td8 } from './ibm-ult3580-td8.js';
import { quantumSdlt600 } from './quantum-sdlt600.js';
import { sonySdx900v } from './sony-sdx-900v.js';

export const driveProducts: readonly DriveProduct[] = [
  ibmUlt3580Td3,
  ibmUlt3580Td8,
  quantumSdlt600,
  sonySdx900v,
];

/** The product of a product identification string (exact, as INQUIRY carries it), or the default one. */
export const driveProduct = (productIdentification: string): DriveProduct =>
  driveProducts.find(({ products }) => products.includes(productIdentification)) ?? defaultDrive;
