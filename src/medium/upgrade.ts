// SPDX-License-Identifier: GPL-2.0-or-later
// Upgrades a cartridge in an older format to the one of today. Whenever it is interrupted, the cartridge is whole.
import fs from 'node:fs';
import { basename } from 'node:path';
import { type CartridgePlace, FORMAT } from './cartridge-files.js';
import { syncDirectory, writeNewFile } from './durable-files.js';
import { writing } from './faults.js';
import { partitionFiles } from './partition-files.js';

/** What upgrades of other programs may have left. None of it is read. */
const LEFT_OVER = ['meta.new', 'mam.tmp'] as const;

/** Where the small files of the cartridge are kept as they were before the upgrade from `format`. */
export const savedDirectory = (directory: string, format: number): string =>
  `${directory}/format-${format}.saved`;

/** Copies the files that the upgrade replaces or removes. A copy that is there is of an interrupted upgrade. */
function saveOriginals(directory: string, { format, partitions }: CartridgePlace): void {
  const saved = savedDirectory(directory, format);
  if (fs.existsSync(saved)) return;
  const making = `${saved}.new`;
  fs.rmSync(making, { recursive: true, force: true });
  fs.mkdirSync(making, { mode: fs.statSync(directory).mode & 0o777 });
  const paths = [`${directory}/mam`, `${directory}/mhvtl_data`, partitions[0]!.meta];
  for (const path of paths.filter((path) => fs.existsSync(path)))
    writeNewFile(`${making}/${basename(path)}`, fs.readFileSync(path), path);
  syncDirectory(making);
  fs.renameSync(making, saved);
  syncDirectory(directory);
}

/** Puts a file in place as a whole; owner and mode are those of `like`. */
function put(path: string, bytes: Uint8Array, like: string): void {
  const making = `${path}.upgrade`;
  fs.rmSync(making, { force: true });
  writeNewFile(making, bytes, like);
  fs.renameSync(making, path);
}

/** Gives the files of partition 0 their names of today. */
function moveFirstPartition(directory: string, { partitions }: CartridgePlace): void {
  const today = partitionFiles(directory, 0);
  const { data, indx, meta, mapAt } = partitions[0]!;
  if (mapAt > 0) put(today.meta, fs.readFileSync(meta).subarray(mapAt), meta);
  else if (meta !== today.meta) fs.renameSync(meta, today.meta);
  if (data !== today.data) fs.renameSync(data, today.data);
  if (indx !== today.indx) fs.renameSync(indx, today.indx);
}

/**
 * Makes the cartridge one in the format of today, with the memory `place` has. The new `mam` comes last: before
 * it, the cartridge is the old one, under old names, new ones or both, which findCartridge() finds; with
 * it, the new one. The old small files stay in {@link savedDirectory}. Files that are open stay so, but for
 * the filemark map: open the cartridge anew.
 * @throws MediumError `'no space'` or `'unwritable'`; the cartridge can be read, and upgraded later
 */
export function upgradeCartridge(directory: string, place: CartridgePlace): void {
  const { memory, partitions } = place;
  const like = partitions[0]!.data;
  const today = partitionFiles(directory, 0);
  writing(directory, () => {
    saveOriginals(directory, place);
    memory.renumberType();
    put(`${directory}/mhvtl_data`, memory.privateData.serialise(), like);
    moveFirstPartition(directory, place);
    syncDirectory(directory);
    put(`${directory}/mam`, memory.mam.toFile(FORMAT), today.data);
    syncDirectory(directory);
    for (const name of ['meta', ...LEFT_OVER]) fs.rmSync(`${directory}/${name}`, { force: true });
    syncDirectory(directory);
  });
}
