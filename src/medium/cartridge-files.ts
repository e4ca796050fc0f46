// SPDX-License-Identifier: GPL-2.0-or-later
// Finds a cartridge on disk, in any format and under the names any of them has, without changing anything.
import fs from 'node:fs';
import { CartridgeMemory, MAX_PARTITIONS } from './cartridge-memory.js';
import { isMissing, reading } from './faults.js';
import { mamHeader } from './mam.js';
import { isPacked, PACKED_SIZE, unpack } from './packed-memory.js';
import { partitionFiles } from './partition-files.js';
import { readSmallFile } from './regular-file.js';
import { MediumError } from './volume.js';

/** The format this build writes. It reads 3 to 6; the first write to an older one upgrades it. */
export const FORMAT = { tapeFormat: 6, mamFormat: 4 } as const;
/** Format 3, of mhvtl 0.18 to 1.7, has the memory at the head of `meta`. */
const MEMORY_IN_META = 3;
/** Formats 4 and 5 were never released: they are what an interrupted upgrade by mhvtl 1.8 leaves. */
const INTERRUPTED: readonly number[] = [4, 5];

/** The files of one partition, and where the filemark map begins in `meta`. */
export interface PartitionPlace {
  readonly data: string;
  readonly indx: string;
  readonly meta: string;
  readonly mapAt: number;
}

/** A cartridge as it lies on disk. */
export interface CartridgePlace {
  /** 3 to 6. */
  readonly format: number;
  /** Whether it has the format and the names of today, so that it may be written as it is. */
  readonly current: boolean;
  readonly memory: CartridgeMemory;
  readonly partitions: readonly PartitionPlace[];
}

/** A file of the cartridge; undefined when there is none. */
function readIfThere(path: string): Uint8Array | undefined {
  return reading(path, () => {
    try {
      return readSmallFile(path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });
}

/** The first bytes of a file, as far as there are any. */
const headOf = (path: string, length: number): Uint8Array =>
  reading(path, () => (fs.existsSync(path) ? readSmallFile(path, length) : new Uint8Array()));

const missing = (path: string): MediumError =>
  new MediumError(
    'damaged',
    `${path} is missing: the cartridge is incomplete, as after an interrupted copy. Restore the file from a copy`,
  );

const foreignFormat = (directory: string, format: string): MediumError =>
  new MediumError(
    'unreadable',
    `${directory} is a cartridge in format ${format}; this build reads formats 3 to ${FORMAT.tapeFormat}. Nothing was changed. Read it with the release that wrote it, and copy the data to a new cartridge`,
  );

interface FoundMemory {
  readonly format: number;
  readonly memory: CartridgeMemory;
}

/** The memory in two attribute lists, formats 5 and 6. */
function listedMemory(directory: string, format: number, mam: Uint8Array): FoundMemory {
  const privateData = readIfThere(`${directory}/mhvtl_data`);
  if (!privateData) throw missing(`${directory}/mhvtl_data`);
  return { format, memory: CartridgeMemory.parse(mam, privateData, directory) };
}

/** The memory in one structure, formats 3 and 4. */
function packedMemory(directory: string, format: number, bytes: Uint8Array): FoundMemory {
  const { mam, privateData } = unpack(bytes);
  return { format, memory: CartridgeMemory.of(mam, privateData, directory) };
}

/**
 * Finds the memory. In an upgrade, ours or another program's, `mam` of format 6 is the last thing made and the
 * structure in `meta` the last thing removed: so that decides, then this, then a `mam` in between.
 */
function findMemory(directory: string): FoundMemory {
  const found = reading(directory, () => fs.statSync(directory));
  if (!found.isDirectory()) throw foreignFormat(directory, '1 or 2 (mhvtl 0.16 and older)');
  const path = `${directory}/mam`;
  const mam = readIfThere(path);
  const header = mam && mam.length >= mamHeader.size ? mamHeader.decode(mam) : undefined;
  const current = header?.tapeFormat === FORMAT.tapeFormat && header.mamFormat === FORMAT.mamFormat;
  if (mam && current) return listedMemory(directory, FORMAT.tapeFormat, mam);
  const meta = headOf(`${directory}/meta`, PACKED_SIZE);
  if (isPacked(meta, MEMORY_IN_META)) return packedMemory(directory, MEMORY_IN_META, meta);
  if (!mam) {
    if (meta.length < mamHeader.size) throw missing(path);
    throw foreignFormat(directory, String(mamHeader.decode(meta).tapeFormat));
  }
  if (!header)
    throw new MediumError('damaged', `${path} is ${mam.length} bytes long: restore it from a copy`);
  const { tapeFormat, mamFormat } = header;
  if (!INTERRUPTED.includes(tapeFormat))
    throw foreignFormat(directory, `${tapeFormat} with memory in format ${mamFormat}`);
  if (mamFormat === FORMAT.mamFormat) return listedMemory(directory, tapeFormat, mam);
  if (isPacked(mam, tapeFormat)) return packedMemory(directory, tapeFormat, mam);
  throw new MediumError(
    'damaged',
    `${path} (format ${tapeFormat}, memory in format ${mamFormat}) is cut at ${mam.length} bytes: restore it from a copy`,
  );
}

/**
 * What the cartridge in `directory` remembers: type, use, attributes. Opens no other file of it.
 * @throws MediumError `'unreadable'` when there is none or its format is foreign, `'damaged'`
 */
export const readCartridgeMemory = (directory: string): CartridgeMemory =>
  findMemory(directory).memory;

/**
 * The files of partition 0, each under its name of today or the one of old: an upgrade renames one after
 * the other.
 */
function firstPartition(
  directory: string,
  names: readonly string[],
  format: number,
): PartitionPlace {
  const today = partitionFiles(directory, 0);
  if (names.includes('data') && names.includes('data.0'))
    throw new MediumError(
      'damaged',
      `${directory} holds two cartridges: an old one (data, indx, meta) and one in format ${FORMAT.tapeFormat} (data.0, indx.0, meta.0). Move the files of one of them to another directory`,
    );
  const pick = (name: 'data' | 'indx' | 'meta'): string => {
    if (names.includes(`${name}.0`)) return today[name];
    if (names.includes(name)) return `${directory}/${name}`;
    throw missing(today[name]);
  };
  const data = pick('data');
  const indx = pick('indx');
  if (format !== MEMORY_IN_META) return { data, indx, meta: pick('meta'), mapAt: 0 };
  return { data, indx, meta: `${directory}/meta`, mapAt: PACKED_SIZE };
}

/** The later partitions; a cartridge has as many as there are data files. */
function laterPartitions(directory: string, names: readonly string[]): PartitionPlace[] {
  const numbers = Array.from({ length: MAX_PARTITIONS - 1 }, (_, index) => index + 1);
  const present = (number: number): boolean => names.includes(`data.${number}`);
  const gap = numbers.find(
    (number) => !present(number) && numbers.some((n) => n > number && present(n)),
  );
  if (gap !== undefined) throw missing(`${directory}/data.${gap}`);
  return numbers.filter(present).map((number) => {
    const files = partitionFiles(directory, number);
    for (const path of Object.values(files)) if (!fs.existsSync(path)) throw missing(path);
    return { ...files, mapAt: 0 };
  });
}

/**
 * Finds the cartridge in `directory`: its memory and the files of its partitions.
 * @throws MediumError `'unreadable'` when there is none or its format is foreign, `'damaged'` when a file is
 *   missing or makes no sense
 */
export function findCartridge(directory: string): CartridgePlace {
  const { format, memory } = findMemory(directory);
  const names = reading(directory, () => fs.readdirSync(directory));
  const partitions = [
    firstPartition(directory, names, format),
    ...laterPartitions(directory, names),
  ];
  const current =
    format === FORMAT.tapeFormat &&
    Object.values(partitionFiles(directory, 0)).every((path) => fs.existsSync(path));
  return { format, current, memory, partitions };
}
