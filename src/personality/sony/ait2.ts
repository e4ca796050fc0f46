// SPDX-License-Identifier: GPL-2.0-or-later
// Sony SDX-500C and SDX-500V, the AIT-2 drives.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { ait, writes } from '../densities.js';
import { driveDefaults, driveInquiry } from '../drive-defaults.js';
import { sonySdx300 } from './ait1.js';

export const sonySdx500: DriveProduct = {
  ...sonySdx300,
  products: ['SDX-500C', 'SDX-500V'],
  description: 'Sony AIT-2',
  inquiry: driveInquiry,
  commands: driveDefaults.commands,
  densities: [writes(ait.AIT1), writes(ait.AIT2)],
  timing: { ...sonySdx300.timing, nativeRate: 6 },
};
