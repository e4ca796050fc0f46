// SPDX-License-Identifier: GPL-2.0-or-later
// One record of the file `indx.N`: where an object lies in `data.N` and what it is.
import type { RecordShape } from '../addon/addon.js';
import { i64, layout, littleEndian, raw, u32 } from '../bytes/layout.js';
import type { BlockInfo, Seal } from './volume.js';

/** Numbers are stored as the machines of the format's home have them. */
const number32 = (at: number) => littleEndian(u32(at));

export const indexRecord = layout(512, {
  /** Where the payload begins in the data file; of a filemark, where the next one will. */
  dataOffset: littleEndian(i64(0)),
  type: number32(8),
  flags: number32(12),
  /** The object's number, which is also the record's. */
  number: number32(16),
  /** Bytes of the block as written by the host. */
  size: number32(20),
  /** Bytes it occupies in the data file. */
  storedSize: number32(24),
  /** CRC-32C of the block as written by the host. */
  crc: number32(28),
  keyLength: number32(32),
  unauthenticatedLength: number32(36),
  authenticatedLength: number32(40),
  key: raw(48, 32),
  unauthenticatedData: raw(80, 32),
  authenticatedData: raw(112, 32),
  partition: number32(144),
});

/** Highest object number other programs write. */
export const LAST_NUMBER = 0xfffffff0;
/** Longest block, bytes: the most one command can carry. */
export const LONGEST_BLOCK = 2 ** 24;
/** Longest payload of one block: one that a compression made longer (by n/16 + 67 in the worst one), and was sealed. */
export const LONGEST_PAYLOAD = LONGEST_BLOCK + 2 ** 20 + 67 + 256;

/** Values of `type`. Other programs keep 5 and 8 in memory only; they have no place in a file. */
export const OBJECT_TYPES = { filemark: 3, block: 11 } as const;

/** Bits of `flags`. */
export const BLOCK_FLAGS = {
  zlib: 0x01,
  /** Other programs: meant to be encrypted, but stored in clear with the key in `key`. */
  encrypted: 0x02,
  lzo: 0x04,
  crc: 0x08,
  /** From here on ours: encrypted. `crc` is that of the stored bytes, since the block's own would tell of it. */
  sealed: 0x10,
  lz4: 0x20,
  zstd: 0x40,
} as const;

/** What the records of a partition look like before the fields are filled in that each object has of its own. */
export function recordShape(partition: number): RecordShape {
  const { dataOffset, flags, number, size, storedSize, crc } = indexRecord.fields;
  return {
    block: indexRecord.encode({ type: OBJECT_TYPES.block, partition }),
    filemark: indexRecord.encode({ type: OBJECT_TYPES.filemark, partition }),
    dataOffset: dataOffset.at,
    flags: flags.at,
    number: number.at,
    size: size.at,
    storedSize: storedSize.at,
    crc: crc.at,
  };
}

/** The fields that keep the key-associated data of a sealed block. */
export const sealFields = ({ unauthenticatedData, authenticatedData }: Seal) => ({
  unauthenticatedLength: unauthenticatedData.length,
  authenticatedLength: authenticatedData.length,
  unauthenticatedData,
  authenticatedData,
});

/** What a block's flags say of encryption. */
export function encryptionOf(flags: number): BlockInfo['encryption'] {
  if (flags & BLOCK_FLAGS.sealed) return 'sealed';
  return flags & BLOCK_FLAGS.encrypted ? 'marked' : 'none';
}

/** What the record of a block says about it. Lengths that other programs did not check are cut. */
export function describeBlock(record: Uint8Array): BlockInfo {
  const { flags, size, storedSize, ...rest } = indexRecord.decode(record);
  return {
    size,
    storedSize,
    encryption: encryptionOf(flags),
    key: rest.key.subarray(0, rest.keyLength),
    unauthenticatedData: rest.unauthenticatedData.subarray(0, rest.unauthenticatedLength),
    authenticatedData: rest.authenticatedData.subarray(0, rest.authenticatedLength),
  };
}
