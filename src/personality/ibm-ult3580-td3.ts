// SPDX-License-Identifier: GPL-2.0-or-later
// IBM TotalStorage Ultrium drive, LTO generation 3.
import type { DriveProduct } from '../ssc/drive-product.js';
import { ibmLto } from './lto.js';

export const ibmUlt3580Td3: DriveProduct = {
  ...ibmLto(3),
  products: ['ULT3580-TD3', 'ULTRIUM-TD3', 'ULTRIUM-HH3'],
  description: 'IBM LTO Ultrium 3',
};
