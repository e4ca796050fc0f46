// SPDX-License-Identifier: GPL-2.0-or-later
// The library behind a vendor and product identification nobody here knows. Its INQUIRY data are those of an
// IBM TS3100, with the serial number and the bar code reader's bit.
import { ascii, bit, layout } from '../bytes/layout.js';
import { elementStatisticsPage } from '../smc/log-pages/element-statistics.js';
import { mediaChangerDiagnosticDataPage } from '../smc/log-pages/media-changer-diagnostic-data.js';
import { mediaChangerStatisticsPage } from '../smc/log-pages/media-changer-statistics.js';
import { readElementAttribute } from '../smc/read-attribute.js';
import { reportElementInformation } from '../smc/report-element-information.js';
import type { Identity } from '../spc/primary.js';
import { deviceIdentification } from '../spc/vpd-pages/device-identification.js';
import { unitSerialNumber } from '../spc/vpd-pages/unit-serial-number.js';
import { type LibraryProduct, libraryDefaults, withElementReservations } from './library.js';

/** INQUIRY bytes 38 to 55. */
const vendorSpecific = layout(18, { serial: ascii(0, 12), BARC: bit(17, 0) });
const vendorSpecificAt = 38;

export const defaultLibrary: LibraryProduct = {
  ...libraryDefaults,
  vendor: '',
  product: '',
  description: 'any other library',
  inquiry: ({ serial }: Identity) => ({
    deviceType: 'media changer',
    version: 5,
    length: 72,
    ADDR16: true,
    versionDescriptors: [0x005c, 0x0b56, 0x02fe, 0x030f],
    vendorSpecific: new Map([[vendorSpecificAt, vendorSpecific.encode({ serial, BARC: true })]]),
  }),
  /* What any library has; those that are known lack what their manuals do not have. */
  commands: [
    ...withElementReservations(libraryDefaults.commands),
    ...readElementAttribute,
    reportElementInformation,
  ],
  logPages: [
    ...libraryDefaults.logPages,
    mediaChangerStatisticsPage,
    elementStatisticsPage,
    mediaChangerDiagnosticDataPage,
  ],
  barcodeLength: 32,
  firstAddress: {
    'data transfer': 0x0001,
    'medium transport': 0x02f0,
    'import/export': 0x0300,
    storage: 0x0400,
  },
  vpdPages: [unitSerialNumber(14), deviceIdentification(10)],
};
