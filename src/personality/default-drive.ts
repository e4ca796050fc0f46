// SPDX-License-Identifier: GPL-2.0-or-later
// The drive behind a product identification nobody here knows: takes every cartridge, claims little.
import type { DriveProduct } from '../ssc/drive-product.js';
import { driveDefaults, driveInquiry } from './drive-defaults.js';

export const defaultDrive: DriveProduct = {
  ...driveDefaults,
  vendor: '',
  products: [],
  description: 'any other product: reads and writes every cartridge',
  inquiry: { ...driveInquiry, version: 2 },
  /* A quarter-inch density nobody confuses with a real cartridge, as the program we replace has it. */
  density: 0x20,
  readsAndWrites: 'every cartridge',
};
