// SPDX-License-Identifier: GPL-2.0-or-later
// Overland NEO libraries.
import { deviceIdentification } from '../spc/vpd-pages/device-identification.js';
import { unitSerialNumber } from '../spc/vpd-pages/unit-serial-number.js';
import { type LibraryProduct, libraryDefaults } from './library.js';

const neo: LibraryProduct = {
  ...libraryDefaults,
  vendor: '',
  product: 'OVERLAND',
  description: 'Overland NEO',
  inquiry: () => ({
    deviceType: 'media changer',
    version: 5,
    length: 64,
    ADDR16: true,
    versionDescriptors: [0x0300, 0x0960, 0x0200],
  }),
  /* The one import/export element lies before the picker, and 253 storage elements between picker and drives. */
  firstAddress: {
    'import/export': 0x0000,
    'medium transport': 0x0001,
    storage: 0x0002,
    'data transfer': 0x00ff,
  },
  vpdPages: [unitSerialNumber(10), deviceIdentification(10)],
};

export const overlandNeo: readonly LibraryProduct[] = [
  neo,
  { ...neo, vendor: 'OVERLAND', product: '' },
];
