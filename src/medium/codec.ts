// SPDX-License-Identifier: GPL-2.0-or-later
// Which compression the flags of a block mean.
import { type CodecKind, codecKinds } from '../addon/addon.js';
import { BLOCK_FLAGS } from './index-record.js';
import { type Compression, compressionTypes, MediumError } from './volume.js';

/** Bits that say nothing about the compression. */
const OTHER_BITS = BLOCK_FLAGS.crc | BLOCK_FLAGS.encrypted | BLOCK_FLAGS.sealed;

export const kindOf = (compression: Compression | undefined): CodecKind =>
  codecKinds[compression?.type ?? 'plain'];

/** The bits in the flags of an index record. */
export const flagsOf = (compression: Compression | undefined): number =>
  compression ? BLOCK_FLAGS[compression.type] : 0;

/**
 * How a block with these flags is compressed.
 * @param where names the block, for the message
 * @throws MediumError `'damaged'` when nobody here knows: the block is intact, but not for this build
 */
export function codecKindOf(flags: number, where: () => string): CodecKind {
  const own = flags & ~OTHER_BITS;
  if (own === 0) return codecKinds.plain;
  const type = compressionTypes.find((one) => BLOCK_FLAGS[one] === own);
  if (type) return codecKinds[type];
  throw new MediumError(
    'damaged',
    `${where()} is stored in a way this build does not know (flags ${own.toString(16)}h): read it with the program that wrote it, or a newer one of this`,
  );
}
