// SPDX-License-Identifier: GPL-2.0-or-later
// What the drives of StorageTek, later Sun and Oracle, have in common.
import type { InquiryTraits } from '../../spc/inquiry-data.js';
import type { DriveProduct } from '../../ssc/drive-product.js';
import { type EncryptionCapability, rawDecryption } from '../../ssc/encryption-capability.js';
import { frontPanel } from '../../ssc/index.js';
import { sequentialAccessDeviceCapabilities } from '../../ssc/vpd-pages/sequential-access-device-capabilities.js';
import { driveDefaults, driveInquiry, identificationPages } from '../drive-defaults.js';
import { commonEncryption } from '../encryption.js';

/**
 * INQUIRY data of 74 bytes; bytes 54 and 55 tell what the drive is made of.
 * @param features byte 55
 */
export const stkInquiry = (
  features: number,
  versionDescriptors: readonly number[] = driveInquiry.versionDescriptors,
): InquiryTraits => ({
  ...driveInquiry,
  length: 74,
  versionDescriptors,
  vendorSpecific: new Map([[54, Uint8Array.of(0x04, features)]]),
});

/** Encryption of the blocks of these cartridges; the algorithm is one of Sun's own numbering. */
export const stkEncryption = (...cartridges: string[]): EncryptionCapability => ({
  ...commonEncryption,
  cartridges,
  securityAlgorithm: 0x80000010,
  maximumUKADLength: 30,
  maximumAKADLength: 0,
  DKAD_C: 1,
  RDMC_C: rawDecryption['not supported'],
});

/** Few VPD pages: 80h, 83h, B0h. */
export const stkDrive = {
  ...driveDefaults,
  vendor: 'STK',
  commands: [...driveDefaults.commands, ...frontPanel],
  vpdPages: [...identificationPages, sequentialAccessDeviceCapabilities],
} satisfies Partial<DriveProduct>;
