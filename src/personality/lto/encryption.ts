// SPDX-License-Identifier: GPL-2.0-or-later
// What LTO drives say of their encryption, as IBM and HPE ones do.
import type { EncryptionCapability } from '../../ssc/encryption-capability.js';

/** Encryption of the blocks of these cartridges. */
export const ultriumEncryption = (...cartridges: string[]): EncryptionCapability => ({
  cartridges,
  securityAlgorithm: 0x00010014,
  CFG_P: 1,
  maximumUKADLength: 32,
  maximumAKADLength: 12,
  UKADF: false,
  AKADF: false,
  MAC_C: true,
  DED_C: true,
  KADF_C: false,
  VCELB_C: false,
  NONCE_C: 1,
  DKAD_C: 0,
  EEMC_C: 0,
  RDMC_C: 4,
  EAREM: true,
});

/** The same, of LTO-7 and later. */
export const withPublicKey = (...cartridges: string[]): EncryptionCapability => ({
  ...ultriumEncryption(...cartridges),
  tellsPublicKey: true,
});
