// SPDX-License-Identifier: GPL-2.0-or-later
// Sony SDX-900V, the AIT-4 drive.
import type { DriveProduct } from '../ssc/drive-product.js';
import { densityCodeOf, driveDefaults } from './drive-defaults.js';

export const sonySdx900v: DriveProduct = {
  ...driveDefaults,
  vendor: 'SONY',
  products: ['SDX-900V'],
  description: 'Sony AIT-4',
  density: densityCodeOf('AIT4'),
  readsAndWrites: ['AIT3', 'AIT4'],
  readsOnly: ['AIT2'],
};
