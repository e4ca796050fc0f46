// SPDX-License-Identifier: GPL-2.0-or-later
// What Quantum's DLT drives have in common.
import type { InquiryTraits } from '../../spc/inquiry-data.js';
import type { DriveProduct } from '../../ssc/drive-product.js';
import {
  driveDefaults,
  driveInquiry,
  identificationPages,
  scsi2Commands,
} from '../drive-defaults.js';
import { firmwareBuildInformation, subsystemComponentsRevision } from './dlt-vpd-pages.js';

/** INQUIRY bytes 36 to 38: product family, major and minor version of the firmware. */
export const dltInquiry = (productFamily: number, version: number): InquiryTraits => ({
  ...driveInquiry,
  version,
  vendorSpecific: new Map([[36, Uint8Array.of(productFamily, 0x01, 0x08)]]),
});

const dltPages = [firmwareBuildInformation, subsystemComponentsRevision];

/** The vendor's VPD pages, of SDLT drives beside those of the standard. */
export const sdltVpdPages = [...driveDefaults.vpdPages, ...dltPages];

/** The drives before SDLT: SCSI-2. */
export const dltDrive = {
  ...driveDefaults,
  vendor: 'QUANTUM',
  cleanedBy: ['DLT'],
  spacesSequentialFilemarks: true,
  WORM: false,
  commands: scsi2Commands,
  vpdPages: [...identificationPages, ...dltPages],
} satisfies Partial<DriveProduct>;
