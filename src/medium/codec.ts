// SPDX-License-Identifier: GPL-2.0-or-later
// How the bytes of a block are kept in the data file.
import { BLOCK_FLAGS } from './index-record.js';
import { MediumError } from './volume.js';

export interface Codec {
  /** The bits it sets in the flags of an index record. */
  readonly flags: number;
  /** The bytes to store for a block. */
  encode(block: Uint8Array): Uint8Array;
  /**
   * The block of `size` bytes that was stored as `stored`.
   * @throws MediumError `'damaged'` when `stored` is not what {@link encode} makes
   */
  decode(stored: Uint8Array, size: number): Uint8Array;
}

/** The block as it is. */
export const stored: Codec = { flags: 0, encode: (block) => block, decode: (bytes) => bytes };

const codecs: readonly Codec[] = [stored];

/** What other programs have done to blocks that no codec here undoes, for the message. */
const FOREIGN: readonly (readonly [flag: number, name: string])[] = [
  [BLOCK_FLAGS.zlib, 'compressed with zlib'],
  [BLOCK_FLAGS.lzo, 'compressed with lzo'],
];

/**
 * The codec of a block with these flags.
 * @param where names the block, for the message
 * @throws MediumError `'damaged'` when there is none: the block is intact, but not for this build
 */
export function codecOf(flags: number, where: () => string): Codec {
  const own = flags & ~(BLOCK_FLAGS.crc | BLOCK_FLAGS.encrypted | BLOCK_FLAGS.sealed);
  const codec = codecs.find((one) => one.flags === own);
  if (codec) return codec;
  const names = FOREIGN.filter(([flag]) => own & flag).map(([, name]) => name);
  throw new MediumError(
    'damaged',
    `${where()} is ${names.join(' and ') || `stored in an unknown way (flags ${own.toString(16)}h)`}, which this build cannot undo: read it with the program that wrote it, and write the copy without compression`,
  );
}
