// SPDX-License-Identifier: GPL-2.0-or-later
// What LTO drives say of their encryption, as IBM and HPE ones do.
import { type EncryptionCapability, rawDecryption } from '../../ssc/encryption-capability.js';
import { commonEncryption } from '../encryption.js';

/** Encryption of the blocks of these cartridges. */
export const ultriumEncryption = (...cartridges: string[]): EncryptionCapability => ({
  ...commonEncryption,
  cartridges,
  CFG_P: 1,
  maximumUKADLength: 32,
  maximumAKADLength: 12,
  RDMC_C: rawDecryption['disabled by default'],
});

/** The same, of LTO-7 and later. */
export const withPublicKey = (...cartridges: string[]): EncryptionCapability => ({
  ...ultriumEncryption(...cartridges),
  tellsPublicKey: true,
});
