// SPDX-License-Identifier: GPL-2.0-or-later
// What drives that encrypt have in common; a family states its differences.
import type { EncryptionCapability } from '../ssc/encryption-capability.js';

export const commonEncryption = {
  /** AES-256-GCM. */
  securityAlgorithm: 0x00010014,
  CFG_P: 0,
  UKADF: false,
  AKADF: false,
  MAC_C: true,
  DED_C: true,
  KADF_C: false,
  VCELB_C: false,
  NONCE_C: 1,
  DKAD_C: 0,
  EEMC_C: 0,
  EAREM: true,
} satisfies Partial<EncryptionCapability>;
