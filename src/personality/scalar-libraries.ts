// SPDX-License-Identifier: GPL-2.0-or-later
// ADIC and Quantum Scalar libraries.
import { reportElementInformation } from '../smc/report-element-information.js';
import { deviceIdentification } from '../spc/vpd-pages/device-identification.js';
import { unitSerialNumber } from '../spc/vpd-pages/unit-serial-number.js';
import { type LibraryProduct, libraryDefaults } from './library.js';

const serialLength = 24;

const scalar: LibraryProduct = {
  ...libraryDefaults,
  vendor: '',
  product: '',
  description: 'ADIC or Quantum Scalar',
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
  vpdPages: [unitSerialNumber(serialLength), deviceIdentification(serialLength)],
};

/** The Scalar i3 and i6 tell more of their elements than those before. */
const quantum: LibraryProduct = {
  ...scalar,
  description: 'Quantum Scalar i-series',
  commands: [...scalar.commands, reportElementInformation],
};

/** Known by vendor, and by product where somebody gives the maker's name there. */
export const scalarLibraries: readonly LibraryProduct[] = [
  { ...scalar, vendor: 'ADIC', product: 'Scalar 24', description: 'ADIC Scalar 24' },
  { ...scalar, vendor: 'ADIC', product: 'Scalar 100', description: 'ADIC Scalar 100' },
  {
    ...scalar,
    vendor: 'ADIC',
    product: 'Scalar i',
    description: 'ADIC or Quantum Scalar i-series',
  },
  { ...scalar, vendor: 'ADIC', description: 'ADIC Scalar' },
  { ...quantum, vendor: 'QUANTUM' },
  { ...scalar, product: 'ADIC' },
  { ...quantum, product: 'QUANTUM' },
];
