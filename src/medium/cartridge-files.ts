// SPDX-License-Identifier: GPL-2.0-or-later
// Finds a cartridge on disk and makes sure that it is one this build can handle, without changing anything.
import fs from 'node:fs';
import { CartridgeMemory, MAX_PARTITIONS } from './cartridge-memory.js';
import { isMissing, reading } from './faults.js';
import { mamHeader } from './mam.js';
import { MediumError } from './volume.js';

/** The format this build reads and writes. */
export const FORMAT = { tapeFormat: 6, mamFormat: 4 } as const;

/** Where cartridges in an older format come from. */
const RELEASES: Readonly<Record<number, string>> = {
  3: 'mhvtl 0.18 to 1.7',
  4: 'an interrupted upgrade of mhvtl 1.8',
  5: 'an interrupted upgrade of mhvtl 1.8',
};

function foreignFormat(
  directory: string,
  format: string,
  release: string | undefined,
): MediumError {
  return new MediumError(
    'unreadable',
    `${directory} is a cartridge in format ${format}${release ? ` (${release})` : ''}; this build reads format ${FORMAT.tapeFormat} only. Nothing was changed. To read it, let mhvtl 1.8 load a copy of it, which converts the copy`,
  );
}

/** A file of the cartridge; undefined when there is none. */
function readIfThere(path: string): Uint8Array | undefined {
  return reading(path, () => {
    try {
      return fs.readFileSync(path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });
}

const missing = (path: string): MediumError =>
  new MediumError(
    'damaged',
    `${path} is missing: the cartridge is incomplete, as after an interrupted copy. Restore the file from a copy`,
  );

/** Format 3 kept the memory at the head of a file named `meta`. */
function explainMissingMam(directory: string): MediumError {
  const meta = readIfThere(`${directory}/meta`);
  if (!meta || meta.length < mamHeader.size) return missing(`${directory}/mam`);
  const { tapeFormat } = mamHeader.decode(meta);
  return foreignFormat(directory, String(tapeFormat), RELEASES[tapeFormat]);
}

/** The file `mam`, once its header says that this is a cartridge in the format of this build. */
function readMam(directory: string): Uint8Array {
  const found = reading(directory, () => fs.statSync(directory));
  if (!found.isDirectory()) throw foreignFormat(directory, '1 or 2', 'mhvtl 0.16 and older');
  const path = `${directory}/mam`;
  const mam = readIfThere(path);
  if (!mam) throw explainMissingMam(directory);
  if (mam.length < mamHeader.size)
    throw new MediumError('damaged', `${path} is ${mam.length} bytes long: restore it from a copy`);
  const { tapeFormat, mamFormat } = mamHeader.decode(mam);
  if (tapeFormat !== FORMAT.tapeFormat || mamFormat !== FORMAT.mamFormat)
    throw foreignFormat(
      directory,
      `${tapeFormat} with memory in format ${mamFormat}`,
      RELEASES[tapeFormat],
    );
  return mam;
}

/**
 * What the cartridge in `directory` remembers: type, use, attributes. Opens no other file of it.
 * @throws MediumError `'unreadable'` when there is none or its format is foreign, `'damaged'`
 */
export function readCartridgeMemory(directory: string): CartridgeMemory {
  const mam = readMam(directory);
  const privateData = readIfThere(`${directory}/mhvtl_data`);
  if (!privateData) throw missing(`${directory}/mhvtl_data`);
  return CartridgeMemory.parse(mam, privateData, directory);
}

/**
 * Number of partitions: a cartridge has as many as there are data files.
 * @throws MediumError `'damaged'` when one is missing before the last
 */
export function countPartitions(directory: string): number {
  const names = reading(directory, () => fs.readdirSync(directory));
  const present = (partition: number): boolean => names.includes(`data.${partition}`);
  const numbers = Array.from({ length: MAX_PARTITIONS }, (_, partition) => partition);
  const count = numbers.filter(present).length;
  const gap = numbers.slice(0, Math.max(count, 1)).find((partition) => !present(partition));
  if (gap !== undefined) throw missing(`${directory}/data.${gap}`);
  return count;
}

/** @throws MediumError `'damaged'` when a file of the cartridge is not there */
export function assertPresent(paths: readonly string[]): void {
  for (const path of paths) if (!fs.existsSync(path)) throw missing(path);
}
