// SPDX-License-Identifier: GPL-2.0-or-later
// What Quantum's DLT drives have in common.
import type { InquiryTraits } from '../../spc/inquiry-data.js';
import type { DriveProduct } from '../../ssc/drive-product.js';
import { driveDefaults, driveInquiry } from '../drive-defaults.js';

/** INQUIRY bytes 36 to 38: product family, major and minor version of the firmware. */
export const dltInquiry = (productFamily: number, version: number): InquiryTraits => ({
  ...driveInquiry,
  version,
  vendorSpecific: new Map([[36, Uint8Array.of(productFamily, 0x01, 0x08)]]),
});

/** The drives before SDLT. */
export const dltDrive = {
  ...driveDefaults,
  vendor: 'QUANTUM',
  cleanedBy: ['DLT'],
  WORM: false,
} satisfies Partial<DriveProduct>;
