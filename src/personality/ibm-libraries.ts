// SPDX-License-Identifier: GPL-2.0-or-later
// IBM libraries: the TS3100 and TS3200 (3573-TL), and the TS3500 and TS4500 (03584).
import { unhex } from '../bytes/hex.js';
import { ascii, bit, concat, layout } from '../bytes/layout.js';
import {
  deviceCapabilities,
  deviceCapabilitiesPage,
} from '../smc/mode-pages/device-capabilities.js';
import type { Identity, PrimaryDevice } from '../spc/primary.js';
import type { VpdPage } from '../spc/vpd-page.js';
import { t10Designator } from '../spc/vpd-pages/device-identification.js';
import { type LibraryProduct, libraryDefaults } from './library.js';
import { replacePage } from './replace-page.js';

/** Serial numbers have this length, in INQUIRY data and before the suffix of the pages. */
const serialLength = 12;
const serialAt = 38;

/** Both say what follows the serial number in their pages, and with it which logical library this is. */
const suffixed = (identity: Identity, suffix: string): Identity => ({
  ...identity,
  serial: `${identity.serial.padEnd(serialLength)}${suffix}`,
});

const identityPages = (suffix: string): VpdPage<PrimaryDevice>[] => [
  {
    code: 0x80,
    name: 'Unit Serial Number',
    ref: 'SPC-5 7.7.19',
    content: ({ identity }) => new TextEncoder().encode(suffixed(identity, suffix).serial),
  },
  {
    code: 0x83,
    name: 'Device Identification',
    ref: 'SPC-5 7.7.6',
    content: ({ identity }) =>
      t10Designator(suffixed(identity, suffix), serialLength + suffix.length),
  },
];

const everyMove = [0x0e, 0x0e, 0x0e, 0x0e] as const;
const modePages = replacePage(
  libraryDefaults.modePages,
  deviceCapabilitiesPage,
  deviceCapabilities({ stores: 0x0e, moves: everyMove, exchanges: everyMove }),
);

const codeLevel = layout(64, { level: ascii(4, 4) });

/** What a TS3100 sends on its vendor-specific pages, as captured; what it means is IBM's. */
const vendorPage = (code: number, bytes: string): VpdPage<PrimaryDevice> => ({
  code,
  name: 'vendor-specific',
  ref: 'IBM TS3100 and TS3200 SCSI reference',
  content: () => unhex(bytes),
});

const capabilities = `
  04 53 43 44 44 00 04 04 c0 00 00 00 00 06 04 22 80 00 00 00 08 07 80 00 00 05 00 00 0a 00 0b 08
  80 00 00 00 35 73 00 40 00 0e 02 00 ff 00 0f 01 ff 00 10 02 00 ff 00 11 10 04 8e 82 72 04 83 82
  75 3b 12 82 75 04 12 82 76 00 14 3a 00 01 03 01 07 0b 12 01 15 01 16 01 17 01 1a 01 1b 0a 1d 01
  1e 01 2b 0a 37 0b 3b 03 3c 01 4c 01 4d 01 55 01 56 01 57 01 5a 01 5e 01 5f 01 a3 01 a4 01 a5 19
  b5 01 b6 01 b8 01 00 16 03 80 24 02 00 17 11 00 00 10 20 06 01 00 10 20 06 01 01 00 00 00 00 00
  00 1b 01 60 00 1c 05 00 00 06 06 02 00 24 0c 83 00 83 03 83 30 83 11 3b 12 83 02 00 26 02 00 05`;

export const ibm3573: LibraryProduct = {
  ...libraryDefaults,
  vendor: 'IBM',
  product: '3573-TL',
  description: 'IBM TS3100 and TS3200',
  moveSeconds: 30,
  inquiry: ({ serial }) => ({
    deviceType: 'media changer',
    version: 5,
    length: 72,
    ADDR16: true,
    versionDescriptors: [0x005c, 0x0b56, 0x02fe, 0x030f],
    vendorSpecific: new Map([
      [
        serialAt,
        layout(18, { serial: ascii(0, serialLength), BARC: bit(17, 0) }).encode({
          serial,
          BARC: true,
        }),
      ],
    ]),
  }),
  firstAddress: {
    'medium transport': 0x0001,
    'import/export': 0x0010,
    'data transfer': 0x0100,
    storage: 0x1000,
  },
  modePages,
  vpdPages: [
    ...identityPages('_LL0'),
    {
      code: 0xc0,
      name: 'Firmware Build Information',
      ref: 'IBM TS3100 and TS3200 SCSI reference',
      content: ({ identity }) => codeLevel.encode({ level: identity.revision }),
    },
    vendorPage(0xd0, capabilities),
    vendorPage(
      0xff,
      'b5 8e b0 0e 1c 0e 98 0e 30 0b 90 35 1c 0b 35 0b 98 40 78 c0 07 71 d4 0b 98 80 78 00 28 0f d0 34',
    ),
  ],
};

const firstStorage = 0x0400;

export const ibm3584: LibraryProduct = {
  ...libraryDefaults,
  vendor: 'IBM',
  product: '03584',
  description: 'IBM TS3500 and TS4500',
  moveSeconds: 4,
  barcodeLength: 16,
  inquiry: ({ serial }) => ({
    deviceType: 'media changer',
    version: 3,
    length: 58,
    ADDR16: true,
    versionDescriptors: [],
    vendorSpecific: new Map([
      [
        serialAt,
        concat(
          layout(serialLength, { serial: ascii(0, serialLength) }).encode({ serial }),
          new TextEncoder().encode('00'),
        ),
      ],
    ]),
  }),
  firstAddress: {
    'medium transport': 0x0001,
    'import/export': 0x0300,
    'data transfer': 0x0101,
    storage: firstStorage,
  },
  modePages,
  /* The serial number is followed by the first storage element's address, which tells logical libraries apart. */
  vpdPages: identityPages(firstStorage.toString(16).padStart(4, '0')),
};

export const ibmLibraries: readonly LibraryProduct[] = [ibm3573, ibm3584];
