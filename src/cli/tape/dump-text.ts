// SPDX-License-Identifier: GPL-2.0-or-later
// What dump_tape prints of a cartridge, in the lines mhvtl 1.8 prints. Keys are never among it.
import type { CartridgePlace } from '../../medium/cartridge-files.js';
import { BLOCK_FLAGS, OBJECT_TYPES } from '../../medium/index-record.js';
import type { IndexRecord } from '../../medium/read-records.js';
import type { Use, Volume } from '../../medium/volume.js';

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** Divides by 1024 as long as there are enough digits; `524288000 (500 MBytes)`. */
function amount(bytes: number): string {
  const units = ['', 'K', 'M', 'G', 'T'];
  let unit = 0;
  let value = bytes;
  for (; value > 5121 && unit < units.length - 1; unit++) value = Math.floor(value / 1024);
  return `${bytes} (${value} ${units[unit]}Bytes)`;
}

const USES: Partial<Record<Use, string>> = {
  data: 'Normal data',
  cleaning: 'Cleaning media',
  WORM: 'Write Once Read Many (WORM)',
  NULL: 'NULL - Use with caution !!',
};

/** The lines about the cartridge that head each partition. */
export function headLines(place: CartridgePlace, volume: Volume, partition: number): string[] {
  const { memory } = place;
  const used = volume.used(partition, volume.endOfData(partition));
  const remaining = Math.max(0, volume.capacity(partition) - used);
  return [
    `Dumping partition ${partition}`,
    `Media density code: 0x${hex(memory.mam.get('mediumDensity'), 2)}`,
    `Media type code   : 0x${hex(memory.privateData.get('mediaType'), 2)}`,
    `Media description : ${memory.type.description}`,
    `Tape Capacity     : ${amount(volume.capacity(partition))}`,
    `Media type        : ${USES[memory.use] ?? 'Unknown - please report !!'}`,
    `Media             : ${memory.writeProtected ? 'Write-protected' : 'read-write'}`,
    `Remaining Tape Capacity : ${amount(remaining)}`,
  ];
}

/** How a block is kept, by bits of its record. */
const COMPRESSIONS: readonly (readonly [flag: number, name: string])[] = [
  [BLOCK_FLAGS.zlib, 'zlibCompressed'],
  [BLOCK_FLAGS.lzo, 'lzoCompressed'],
  [BLOCK_FLAGS.lz4, 'lz4Compressed'],
  [BLOCK_FLAGS.zstd, 'zstdCompressed'],
];

const isEncrypted = (flags: number): boolean =>
  (flags & (BLOCK_FLAGS.encrypted | BLOCK_FLAGS.sealed)) !== 0;

export const compressionOf = (flags: number): string =>
  COMPRESSIONS.find(([flag]) => flags & flag)?.[1] ?? 'non-compressed';

function nameOf({ type, flags }: IndexRecord): string {
  if (type === OBJECT_TYPES.filemark) return 'Hdr:Filemark';
  const encrypted = isEncrypted(flags) ? 'Encrypt/' : '';
  const crc = flags & BLOCK_FLAGS.crc ? ' with crc' : ' no crc';
  return `Hdr:${encrypted}${compressionOf(flags)}${crc}`;
}

const line = (name: string, record: IndexRecord): string =>
  `${name.padEnd(35)}(0x${hex(record.type, 2)}/0x${hex(record.flags, 2)}), sz: ${String(record.storedSize).padStart(6)}/${String(record.size).padEnd(6)}, Blk No.: ${String(record.number).padStart(7)}, data_offset: ${String(record.dataOffset).padStart(10)}, CRC: ${hex(record.crc, 8)}`;

/** The lines about one object. Of keys their lengths are told, not the bytes. */
export function recordLines(record: IndexRecord): string[] {
  const lines = [line(nameOf(record), record)];
  if (isEncrypted(record.flags))
    lines.push(
      `    key length: ${record.keyLength}, ukad length: ${record.unauthenticatedLength}, akad length: ${record.authenticatedLength}`,
    );
  return lines;
}

/** SSC's end of data, which has no record: the line that ends a partition. */
const END_OF_DATA = 5;

export const endLine = (number: number, dataOffset: number): string =>
  line('Hdr:End of Data', {
    type: END_OF_DATA,
    number,
    dataOffset: BigInt(dataOffset),
    flags: 0,
    size: 0,
    storedSize: 0,
    crc: 0,
    keyLength: 0,
    unauthenticatedLength: 0,
    authenticatedLength: 0,
    key: new Uint8Array(),
    unauthenticatedData: new Uint8Array(),
    authenticatedData: new Uint8Array(),
    partition: 0,
  });
