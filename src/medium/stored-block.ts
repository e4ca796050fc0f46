// SPDX-License-Identifier: GPL-2.0-or-later
// What the stored bytes of a block are, by what its index record says.
import { addon, type CodecKind, codecKinds } from '../addon/addon.js';
import { codecKindOf } from './codec.js';
import { BLOCK_FLAGS } from './index-record.js';
import type { ObjectEntry } from './object-index.js';

export const isSealed = ({ flags }: Pick<ObjectEntry, 'flags'>): boolean =>
  (flags & BLOCK_FLAGS.sealed) !== 0;

/** Whether the checksum of a block is the one its record has, if it has one. */
export const hasChecksum = ({ flags, crc }: ObjectEntry, computed: number): boolean =>
  (flags & BLOCK_FLAGS.crc) === 0 || computed === crc;

/** What was compressed to `payload`; undefined when that is no good stream. */
export function uncompressed(
  payload: Uint8Array,
  size: number,
  kind: CodecKind,
): Uint8Array | undefined {
  const block = new Uint8Array(size);
  const results = new Uint32Array(2);
  addon().unpackBlock(payload, block, kind, results);
  return results[0] === 1 ? block : undefined;
}

/**
 * Whether the stored bytes of a block are those its record tells of.
 * @throws MediumError `'damaged'` when its compression is none this build knows
 */
export function isIntact(entry: ObjectEntry, stored: Uint8Array): boolean {
  const kind = codecKindOf(entry.flags, () => 'the block');
  const asStored = isSealed(entry) || kind === codecKinds.plain;
  const block = asStored ? stored : uncompressed(stored, entry.size, kind);
  return block !== undefined && hasChecksum(entry, addon().crc32c(block, 0));
}
