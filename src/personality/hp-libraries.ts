// SPDX-License-Identifier: GPL-2.0-or-later
// HP and HPE libraries and autoloaders, and the backup systems that imitate them.
import { deviceIdentification } from '../spc/vpd-pages/device-identification.js';
import { unitSerialNumber } from '../spc/vpd-pages/unit-serial-number.js';
import { type LibraryProduct, libraryDefaults } from './library.js';

/** The EML and ESL enterprise libraries; vendor HP without a product known below answers so. */
const hpEml: LibraryProduct = {
  ...libraryDefaults,
  vendor: 'HP',
  product: '',
  description: 'HP EML and others',
  inquiry: () => ({
    deviceType: 'media changer',
    version: 5,
    length: 64,
    ADDR16: true,
    versionDescriptors: [0x0300, 0x0960, 0x0200],
  }),
  firstAddress: {
    'medium transport': 0x0001,
    'import/export': 0x000a,
    'data transfer': 0x01f4,
    storage: 0x03e8,
  },
  vpdPages: [unitSerialNumber(18), deviceIdentification(10)],
};

export const hpMsl: LibraryProduct = {
  ...hpEml,
  product: 'MSL',
  description: 'HPE StoreEver MSL',
  moveSeconds: 25,
  inquiry: (identity) => ({ ...hpEml.inquiry(identity), version: 2 }),
  firstAddress: {
    'medium transport': 0x0001,
    storage: 0x0020,
    'import/export': 0x01c0,
    'data transfer': 0x01e0,
  },
  driveIdentifiers: { holds: 'serial', serialLength: 20, always: true },
};

export const hpLibraries: readonly LibraryProduct[] = [
  hpMsl,
  { ...hpEml, product: 'EML', description: 'HPE StoreEver EML' },
  { ...hpEml, product: 'ESL', description: 'HPE StoreEver ESL' },
  { ...hpEml, product: '1x8', description: 'HPE StoreEver 1/8 autoloader' },
  { ...hpEml, product: 'D2DBS', description: 'HP D2D Backup System' },
  hpEml,
];
