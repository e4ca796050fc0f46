// SPDX-License-Identifier: GPL-2.0-or-later
// What a product says of its encryption in the Data Encryption Capabilities page (SSC-5 8.5.3).

/** RDMC_C field values: whether encrypted blocks can be read raw, and whether RDMC changes that (SSC-5 8.5.3). */
export const rawDecryption = {
  'not supported': 1,
  'disabled by default': 4,
  'enabled by default': 5,
  disabled: 6,
  enabled: 7,
} as const;
export type RawDecryption = (typeof rawDecryption)[keyof typeof rawDecryption];

/** One algorithm, index 1, with a key of 256 bits, in every product that encrypts. */
export interface EncryptionCapability {
  /** Cartridges whose blocks can be encrypted, by the name `mktape -d` has for them. */
  readonly cartridges: readonly string[];
  /** SECURITY ALGORITHM CODE (SPC-5 table 111): 00010014h is AES-256-GCM. */
  readonly securityAlgorithm: number;
  /** CFG_P of the page: 1, the configuration can be changed; 0, nothing is said. */
  readonly CFG_P: number;
  /** Longest unauthenticated and authenticated key-associated data, bytes; 0: the product takes none. */
  readonly maximumUKADLength: number;
  readonly maximumAKADLength: number;
  /** The key-associated data must have just that length. */
  readonly UKADF: boolean;
  readonly AKADF: boolean;
  /** Whether the product can tell, or distinguish, encrypted blocks while it reads and spaces. */
  readonly MAC_C: boolean;
  readonly DED_C: boolean;
  readonly DELB_C?: boolean;
  readonly KADF_C: boolean;
  readonly VCELB_C: boolean;
  /** NONCE_C: 1, the drive makes the nonces itself. */
  readonly NONCE_C: number;
  /** DKAD_C: what decryption needs of the key-associated data; 0: nothing is said. */
  readonly DKAD_C: number;
  /** EEMC_C: external encryption mode checks. */
  readonly EEMC_C: number;
  readonly RDMC_C: RawDecryption;
  readonly EAREM: boolean;
  /** It tells which certifications it has, and a public key to wrap keys with. */
  readonly tellsPublicKey?: boolean;
}
