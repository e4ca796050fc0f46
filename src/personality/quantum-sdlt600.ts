// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum SDLT 600.
import type { DriveProduct } from '../ssc/drive-product.js';
import { densityCodeOf, driveDefaults, driveInquiry } from './drive-defaults.js';

/** INQUIRY bytes 36 to 38: product family SDLT 600, firmware major and minor version. */
const familyAndFirmware = new Map([[36, Uint8Array.of(0xc0, 0x01, 0x08)]]);

export const quantumSdlt600: DriveProduct = {
  ...driveDefaults,
  vendor: 'QUANTUM',
  products: ['SDLT600'],
  description: 'Quantum SDLT 600',
  inquiry: { ...driveInquiry, vendorSpecific: familyAndFirmware },
  density: densityCodeOf('SDLT600'),
  readsAndWrites: ['SDLT320', 'SDLT600'],
  readsOnly: ['SDLT220'],
};
