// SPDX-License-Identifier: GPL-2.0-or-later
// An encrypted block as it lies on the medium: how it was made, then the ciphertext. No key is in it.
import { bit, concat, layout, raw, u8, u64 } from '../../bytes/layout.js';
import type { BlockInfo, Seal, Unseal } from '../../medium/volume.js';
import { refuse } from '../../sam/reply.js';
import type { Cipher } from './cipher.js';
import type { DataEncryptionParameters } from './parameters.js';

const header = layout(24, {
  version: u8(0),
  /** Raw reads of the block are not allowed (RDMC). */
  RDMD: bit(1, 0),
  /** Made anew for each block: under one key no nonce is used twice. */
  nonce: raw(4, 12),
  /** Of the key, salted with the nonce: a wrong key is told from damage. */
  keyFingerprint: raw(16, 8),
});
const version = 1;

/** Where a block belongs: a copy of it in another place does not decrypt. */
const place = layout(9, { partition: u8(0), number: u64(1) });

export interface Place {
  readonly partition: number;
  readonly position: number;
}

/** What is authenticated beside the block: the header, the place, and the authenticated key-associated data. */
const associatedData = (
  headerBytes: Uint8Array,
  { partition, position }: Place,
  authenticatedData: Uint8Array,
): Uint8Array =>
  concat(headerBytes, place.encode({ partition, number: BigInt(position) }), authenticatedData);

const fingerprintOf = (cipher: Cipher, key: Uint8Array, nonce: Uint8Array): Uint8Array =>
  cipher.fingerprint(key, nonce).subarray(0, header.fields.keyFingerprint.mask.length);

/** Encrypts the block that is about to be written at a place. */
export const sealing = (
  cipher: Cipher,
  { key, unauthenticatedData, authenticatedData, RDMD }: DataEncryptionParameters,
  at: Place,
): Seal => ({
  unauthenticatedData,
  authenticatedData,
  seal(payload) {
    const nonce = cipher.random(header.fields.nonce.mask.length);
    const keyFingerprint = fingerprintOf(cipher, key, nonce);
    const bytes = header.encode({ version, RDMD, nonce, keyFingerprint });
    const associated = associatedData(bytes, at, authenticatedData);
    return concat(bytes, cipher.encrypt(key, nonce, payload, associated));
  },
});

/** Whether a key is the one a sealed block was made with. */
function hasKey(cipher: Cipher, key: Uint8Array, sealed: Uint8Array): boolean {
  const { nonce, keyFingerprint } = header.decode(sealed);
  return fingerprintOf(cipher, key, nonce).every((byte, i) => byte === keyFingerprint[i]);
}

const isCut = (sealed: Uint8Array): boolean =>
  sealed.length < header.size || header.decode(sealed).version !== version;

const damaged = () => refuse('DATA PROTECT', 'CRYPTOGRAPHIC INTEGRITY VALIDATION FAILED');

/** Decrypts the block read at a place. Throws the refusal for a wrong key and for what was changed. */
export const unsealing = (cipher: Cipher, key: Uint8Array, at: Place): Unseal => ({
  unseal(sealed: Uint8Array, { authenticatedData }: BlockInfo) {
    if (isCut(sealed)) throw damaged();
    if (!hasKey(cipher, key, sealed)) throw refuse('DATA PROTECT', 'INCORRECT DATA ENCRYPTION KEY');
    const bytes = sealed.subarray(0, header.size);
    const associated = associatedData(bytes, at, authenticatedData);
    const { nonce } = header.decode(bytes);
    const plain = cipher.decrypt(key, nonce, sealed.subarray(header.size), associated);
    if (!plain) throw damaged();
    return plain;
  },
});

/** Thrown through a read instead of its block: the bytes as they lie on the medium. */
export class RawBlock extends Error {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    super('a block read raw');
    this.name = 'RawBlock';
    this.bytes = bytes;
  }
}

/** Gives the encrypted block itself, if whoever wrote it allowed that. */
export const rawReading: Unseal = {
  unseal(sealed) {
    if (isCut(sealed)) throw damaged();
    if (header.decode(sealed).RDMD)
      throw refuse('DATA PROTECT', 'ENCRYPTED BLOCK NOT RAW READ ENABLED');
    throw new RawBlock(sealed.slice());
  },
};

/** Thrown to learn of a block without decrypting it. */
class Looked extends Error {
  readonly isOurs: boolean;
  constructor(isOurs: boolean) {
    super('a block looked at');
    this.isOurs = isOurs;
  }
}

/** Whether the block that `read` reads was encrypted with a key. */
export async function wasSealedWith(
  cipher: Cipher,
  key: Uint8Array,
  read: (unseal: Unseal) => unknown,
): Promise<boolean> {
  try {
    await read({
      unseal(sealed) {
        throw new Looked(!isCut(sealed) && hasKey(cipher, key, sealed));
      },
    });
  } catch (error) {
    if (error instanceof Looked) return error.isOurs;
    throw error;
  }
  return false;
}
