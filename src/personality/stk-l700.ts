// SPDX-License-Identifier: GPL-2.0-or-later
// StorageTek L700 and the libraries that answer as it does.
import { unitSerialNumber } from '../spc/vpd-pages/unit-serial-number.js';
import { type LibraryProduct, libraryDefaults } from './library.js';

export const stkL700: LibraryProduct = {
  ...libraryDefaults,
  vendor: 'STK',
  product: '',
  description: 'StorageTek L700',
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
  /*
   * No Device Identification page: udev would name the changer after it, and software is set up with the name
   * scsi-SSTK_L700_XYZZY_A, which comes of the unit serial number.
   */
  vpdPages: [unitSerialNumber(18)],
};
