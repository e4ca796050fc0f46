// SPDX-License-Identifier: GPL-2.0-or-later
// The cryptography of drives, by OpenSSL as Node has it.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  generateKeyPair,
  randomBytes,
} from 'node:crypto';
import { promisify } from 'node:util';
import { concat } from '../bytes/layout.js';
import type { Cipher } from '../ssc/encryption/cipher.js';

const algorithm = 'aes-256-gcm';
const tagLength = 16;

const modulusLength = 2048;

async function makePublicKey() {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength });
  const { n, e } = pair.publicKey.export({ format: 'jwk' });
  const number = (base64: string | undefined) =>
    Uint8Array.from(Buffer.from(base64 ?? '', 'base64url'));
  return { modulus: number(n), exponent: number(e) };
}

/** Made when somebody asks for it. */
let publicKey: ReturnType<typeof makePublicKey> | undefined;

export const aesGcm: Cipher = {
  encrypt(key, nonce, plain, associated) {
    const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
    cipher.setAAD(associated);
    return concat(cipher.update(plain), cipher.final(), cipher.getAuthTag());
  },
  decrypt(key, nonce, sealed, associated) {
    const end = sealed.length - tagLength;
    if (end < 0) return undefined;
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
    decipher.setAAD(associated);
    decipher.setAuthTag(sealed.subarray(end));
    const plain = decipher.update(sealed.subarray(0, end));
    try {
      return concat(plain, decipher.final());
    } catch {
      /* The tag is another one: this is what final() throws for. */
      return undefined;
    }
  },
  fingerprint: (key, salt) => createHmac('sha256', key).update(salt).digest(),
  random: (length) => randomBytes(length),
  publicKey() {
    publicKey ??= makePublicKey();
    return publicKey;
  },
};
