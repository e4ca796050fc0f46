// SPDX-License-Identifier: GPL-2.0-or-later
// The drive behind a product identification nobody here knows: takes every cartridge, claims little.
import { cartridgeTypes } from '../medium/cartridge-types.js';
import type { DriveProduct } from '../ssc/drive-product.js';
import { bufferRecovery, explicitAddresses, frontPanel, reverse } from '../ssc/index.js';
import { driveDefaults, driveInquiry } from './drive-defaults.js';

const everyCartridge = cartridgeTypes.map(({ mktapeName }) => mktapeName);

export const defaultDrive: DriveProduct = {
  ...driveDefaults,
  vendor: '',
  products: [],
  description: 'any other product: reads and writes every cartridge, has every command',
  inquiry: { ...driveInquiry, version: 2 },
  commands: [
    ...driveDefaults.commands,
    ...reverse,
    ...frontPanel,
    ...bufferRecovery,
    ...explicitAddresses,
  ],
  spacesSequentialFilemarks: true,
  densities: [
    {
      /* A quarter-inch density nobody confuses with a real cartridge, as the program we replace has it. */
      code: 0x20,
      bitsPerMillimetre: 2666,
      mediaWidth: 63,
      tracks: 1,
      capacity: 0,
      assigningOrganization: 'QIC',
      densityName: 'ANY',
      description: 'any cartridge',
      WRTOK: true,
      cartridges: everyCartridge,
    },
  ],
  cleanedBy: [...new Set(cartridgeTypes.map(({ family }) => family))],
  timing: {
    loadSeconds: 5,
    unloadSeconds: 5,
    tapeMetres: 500,
    wraps: 1,
    locateSpeed: 5,
    nativeRate: 50,
  },
};
