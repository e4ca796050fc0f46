// SPDX-License-Identifier: GPL-2.0-or-later
// Spectra Logic libraries.
import { without } from '../sam/command-set.js';
import { exchangeMedium } from '../smc/exchange-medium.js';
import {
  deviceCapabilities,
  deviceCapabilitiesPage,
  noExchanges,
} from '../smc/mode-pages/device-capabilities.js';
import { unitSerialNumber } from '../spc/vpd-pages/unit-serial-number.js';
import { type LibraryProduct, libraryDefaults } from './library.js';
import { replacePage } from './replace-page.js';

/** The T-series; vendor SPECTRA without a product known below answers so. */
const spectraT: LibraryProduct = {
  ...libraryDefaults,
  vendor: 'SPECTRA',
  product: '',
  description: 'Spectra Logic T-series',
  barcodeLength: 32,
  inquiry: () => ({
    deviceType: 'media changer',
    version: 5,
    length: 64,
    ADDR16: true,
    versionDescriptors: [0x0300, 0x0960, 0x0200],
  }),
  firstAddress: {
    'medium transport': 0x0001,
    'import/export': 0x0010,
    'data transfer': 0x0100,
    storage: 0x1000,
  },
  driveIdentifiers: { holds: 'serial', serialLength: 32 },
  commands: without(libraryDefaults.commands, exchangeMedium),
  modePages: replacePage(
    libraryDefaults.modePages,
    deviceCapabilitiesPage,
    deviceCapabilities({
      stores: 0x0e,
      moves: [0x0e, 0x0e, 0x0e, 0x0e],
      exchanges: noExchanges,
    }),
  ),
  vpdPages: [unitSerialNumber(14)],
};

export const spectraLibraries: readonly LibraryProduct[] = [
  { ...spectraT, product: 'PYTHON', description: 'Spectra Logic PYTHON' },
  {
    ...spectraT,
    product: 'GATOR',
    description: 'Spectra Logic GATOR',
    firstAddress: {
      'import/export': 0x0001,
      storage: 0x001e,
      'data transfer': 0x02a3,
      'medium transport': 0x02c3,
    },
    driveIdentifiers: { holds: 'serial', serialLength: 10 },
  },
  {
    ...spectraT,
    product: '215',
    description: 'Spectra Logic 215',
    firstAddress: {
      storage: 0x0001,
      'data transfer': 0x001f,
      'medium transport': 0x0056,
      'import/export': 0x0063,
    },
    driveIdentifiers: undefined,
    /* It has no mail slot of its own. */
    modePages: replacePage(
      libraryDefaults.modePages,
      deviceCapabilitiesPage,
      deviceCapabilities({
        stores: 0x0b,
        moves: [0x0a, 0x0b, 0x00, 0x0b],
        exchanges: noExchanges,
      }),
    ),
  },
  spectraT,
];
