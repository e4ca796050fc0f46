// SPDX-License-Identifier: GPL-2.0-or-later
// StorageTek libraries, and the Sun and Oracle libraries of the same descent.
import { modePage } from '../spc/mode-page.js';
import { unitSerialNumber } from '../spc/vpd-pages/unit-serial-number.js';
import { defaultLibrary } from './default-library.js';
import { type LibraryProduct, libraryDefaults, withElementReservations } from './library.js';

/** The L-series. Vendor STK without a product known below answers so. */
export const stkL700: LibraryProduct = {
  ...libraryDefaults,
  vendor: 'STK',
  product: '',
  description: 'StorageTek L-series (L180, L700)',
  commands: withElementReservations(libraryDefaults.commands),
  moveSeconds: 12,
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

/** The small ones have a vendor-specific page that says nothing here. */
const drivePage = modePage()({
  code: 0x2d,
  name: 'vendor-specific',
  ref: 'StorageTek L20, L40 and L80 interface reference',
  size: 38,
  fields: {},
});
const small = { ...stkL700, modePages: [...stkL700.modePages, drivePage] };

/** The modular ones, with more places for pickers and drives behind the same addresses. */
const modular = { ...stkL700, barcodeLength: 32 };

export const stkLibraries: readonly LibraryProduct[] = [
  { ...stkL700, product: 'L700', description: 'StorageTek L700' },
  { ...stkL700, product: 'L180', description: 'StorageTek L180' },
  { ...small, product: 'L20', description: 'StorageTek L20' },
  { ...small, product: 'L40', description: 'StorageTek L40' },
  { ...small, product: 'L80', description: 'StorageTek L80' },
  { ...modular, product: 'SL150', description: 'Oracle StorageTek SL150' },
  { ...modular, product: 'SL3000', description: 'Oracle StorageTek SL3000' },
  { ...modular, product: 'SL500', description: 'Oracle StorageTek SL500' },
  { ...modular, product: 'SL8500', description: 'Oracle StorageTek SL8500' },
  stkL700,
];

/**
 * The same machines under the later owners' names. Element addresses are those of libraries of unknown make: it is
 * where mhvtl 1.8 has them.
 */
export const sunLibraries: readonly LibraryProduct[] = ['SUN', 'ORACLE'].map((vendor) => ({
  ...modular,
  vendor,
  description: `${vendor} StorageTek`,
  firstAddress: defaultLibrary.firstAddress,
}));
