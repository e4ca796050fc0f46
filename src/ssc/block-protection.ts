// SPDX-License-Identifier: GPL-2.0-or-later
// Logical block protection (SSC-5 4.2.28): four bytes after each block that tell whether it arrived as it was sent.
import { writeUint } from '../bytes/layout.js';
import { crc32c } from '../medium/crc32c.js';
import type { ProtectionMethod } from './drive-product.js';
import { reedSolomonCrc } from './reed-solomon-crc.js';

/** LOGICAL BLOCK PROTECTION METHOD field values (SSC-5 table 153). */
export const protectionMethods = { none: 0, 'Reed-Solomon CRC': 1, CRC32C: 2 } as const;

/** Bytes of protection information, for both methods. */
export const guardLength = 4;

/** How the blocks of one direction are protected. */
export interface BlockProtection {
  readonly method: ProtectionMethod;
  /** A Reed-Solomon CRC has its most significant byte first; a CRC32C never has (SSC-5 annex on protection). */
  readonly bigEndian: boolean;
}

function guard({ method, bigEndian }: BlockProtection, block: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(guardLength);
  writeUint(bytes, 0, guardLength, method === 'CRC32C' ? crc32c(block) : reedSolomonCrc(block));
  return method === 'CRC32C' || !bigEndian ? bytes.reverse() : bytes;
}

/** Whether the last four bytes of `sent` are the guard of those before. */
export function isIntact(protection: BlockProtection, sent: Uint8Array): boolean {
  const at = sent.length - guardLength;
  if (at < 1) return false;
  const expected = guard(protection, sent.subarray(0, at));
  return expected.every((byte, i) => byte === sent[at + i]);
}

/** Writes the guard of the first `length` bytes of `buffer` behind them, as far as there is room. */
export function protect(protection: BlockProtection, buffer: Uint8Array, length: number): void {
  const room = buffer.subarray(length);
  room.set(guard(protection, buffer.subarray(0, length)).subarray(0, room.length));
}
