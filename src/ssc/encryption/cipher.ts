// SPDX-License-Identifier: GPL-2.0-or-later
// The cryptography a drive needs. The daemon gives it; the drive itself computes none.

/** AES-256-GCM (NIST SP 800-38D) and what goes with it. Keys have 32 bytes, nonces 12, tags 16. */
export interface Cipher {
  /** The ciphertext, and the tag behind it. */
  encrypt(
    key: Uint8Array,
    nonce: Uint8Array,
    plain: Uint8Array,
    associated: Uint8Array,
  ): Uint8Array;
  /** What {@link encrypt} was given; undefined when the tag says that something was changed. */
  decrypt(
    key: Uint8Array,
    nonce: Uint8Array,
    sealed: Uint8Array,
    associated: Uint8Array,
  ): Uint8Array | undefined;
  /** 32 bytes that tell whether a key is the same without telling what it is. */
  fingerprint(key: Uint8Array, salt: Uint8Array): Uint8Array;
  random(length: number): Uint8Array;
  /** An RSA key of 2048 bits that lasts until power goes, in big-endian numbers. */
  publicKey(): Promise<{ readonly modulus: Uint8Array; readonly exponent: Uint8Array }>;
}
