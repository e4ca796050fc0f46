// SPDX-License-Identifier: GPL-2.0-or-later
// The file `mhvtl_data`: what the library keeps about a cartridge beside its medium auxiliary memory.
import { littleEndian, raw, u8, u16, u32, u64 } from '../bytes/layout.js';
import { parseTlv, TlvMemory, text } from './tlv.js';

/** In the order of the file. */
export const privateRows = {
  /** 1 from mount to dismount. */
  recordDirty: { id: 0x01, field: u8(0) },
  /** {@link FLAGS} */
  flags: { id: 0x02, field: littleEndian(u16(0)) },
  maxPartitions: { id: 0x03, field: u8(0) },
  /** Not to be relied on: `mktape` has always written 2 for LTO5 and later. The data files count. */
  partitions: { id: 0x04, field: u8(0) },
  /** One of {@link CartridgeType.mediaTypes}. */
  mediaType: { id: 0x05, field: u8(0) },
  /** Volume coherency information (080Ch) of partitions 1 to 3; that of partition 0 is in the MAM. */
  coherency1: { id: 0x0a, field: raw(0, 70) },
  coherency2: { id: 0x0b, field: raw(0, 70) },
  coherency3: { id: 0x0c, field: raw(0, 70) },
  /** Bytes; 0 means an equal share of the medium. */
  capacity0: { id: 0x0d, field: u64(0) },
  capacity1: { id: 0x0e, field: u64(0) },
  capacity2: { id: 0x0f, field: u64(0) },
  capacity3: { id: 0x10, field: u64(0) },
  bitsPerMillimetre: { id: 0x06, field: u32(0) },
  tracks: { id: 0x07, field: u16(0) },
  densityName: { id: 0x08, field: text(8) },
  description: { id: 0x09, field: text(32) },
  /** Ours: the partition, then the attribute's id. Other programs skip them. */
  label1: { id: 0x1809, field: raw(0, 16), optional: true },
  label2: { id: 0x2809, field: raw(0, 16), optional: true },
  label3: { id: 0x3809, field: raw(0, 16), optional: true },
  usage1: { id: 0x1341, field: raw(0, 60), optional: true },
  usage2: { id: 0x2341, field: raw(0, 60), optional: true },
  usage3: { id: 0x3341, field: raw(0, 60), optional: true },
} as const;

export type PrivateName = keyof typeof privateRows;

/** Attributes each partition has of its own, by id: where partitions 1 to 3 keep theirs. That of 0 is in the MAM. */
const PARTITION_ROWS: ReadonlyMap<number, readonly PrivateName[]> = new Map([
  [0x080c, ['coherency1', 'coherency2', 'coherency3']],
  [0x0809, ['label1', 'label2', 'label3']],
  [0x0341, ['usage1', 'usage2', 'usage3']],
]);

/** Ids of the attributes stored once for each partition. */
export const PARTITION_ATTRIBUTES = [...PARTITION_ROWS.keys()];

/** Where a partition keeps its own value of an attribute; undefined when that is the MAM. */
export const partitionRow = (id: number, partition: number): PrivateName | undefined =>
  partition > 0 ? PARTITION_ROWS.get(id)?.[partition - 1] : undefined;

/** The rows that exist once for each partition, by partition number. */
export const CAPACITY_ROWS = ['capacity0', 'capacity1', 'capacity2', 'capacity3'] as const;

/** Bits of `flags`. */
export const FLAGS = { encryptionFormatted: 0x0001, writeProtected: 0x0002 } as const;

export type PrivateData = TlvMemory<typeof privateRows>;

export const newPrivateData = (): PrivateData => new TlvMemory(privateRows);

/** @throws MediumError `'damaged'` when the list is cut */
export const parsePrivateData = (bytes: Uint8Array, name: string): PrivateData =>
  new TlvMemory(privateRows, parseTlv(bytes, name));
