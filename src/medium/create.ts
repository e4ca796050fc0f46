// SPDX-License-Identifier: GPL-2.0-or-later
// Makes a new cartridge on disk: all of it or nothing.
import fs from 'node:fs';
import { basename } from 'node:path';
import { FORMAT } from './cartridge-files.js';
import { type CartridgeDescription, CartridgeMemory } from './cartridge-memory.js';
import { syncDirectory } from './durable-files.js';
import { metaHeader } from './meta-file.js';
import { partitionFiles } from './partition-files.js';

/** Before the umask, as other programs of this format have it. */
const DIRECTORY_MODE = 0o770;
const FILE_MODE = 0o660;

/** Thrown by {@link createCartridge} when there is something where the cartridge is to be. */
export class CartridgeExistsError extends Error {
  constructor(directory: string) {
    super(`${directory} already exists; it was left as it is`);
    this.name = 'CartridgeExistsError';
  }
}

/** Writes a new file and returns when it is on stable storage. */
function writeDurably(path: string, bytes: Uint8Array): void {
  const fd = fs.openSync(path, 'wx', FILE_MODE);
  try {
    fs.writeFileSync(fd, bytes);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Fills an empty directory. A new cartridge has one partition, whatever its type allows. */
function writeCartridge(directory: string, memory: CartridgeMemory): void {
  writeDurably(`${directory}/mam`, memory.mam.toFile(FORMAT));
  writeDurably(`${directory}/mhvtl_data`, memory.privateData.serialise());
  const { data, indx, meta } = partitionFiles(directory, 0);
  writeDurably(data, new Uint8Array());
  writeDurably(indx, new Uint8Array());
  writeDurably(meta, metaHeader.encode({ filemarkCount: 0 }));
  syncDirectory(directory);
}

/** Whether there is anything at `path` but an empty directory, which a rename replaces. */
const isOccupied = (path: string): boolean =>
  fs.existsSync(path) && !(fs.statSync(path).isDirectory() && fs.readdirSync(path).length === 0);

/**
 * Makes a cartridge in the directory `home`, durably. Nobody ever sees half of it: it is built in a hidden
 * directory beside and renamed.
 * @returns its own directory, which is named after the barcode
 * @throws CartridgeExistsError when there is something of that name
 * @throws RangeError when the barcode cannot name a directory
 * @throws the file system's error when it cannot be made; nothing is left then
 */
export function createCartridge(home: string, description: CartridgeDescription): string {
  const { barcode } = description;
  if (basename(barcode) !== barcode || barcode.startsWith('.') || barcode === '')
    throw new RangeError(`'${barcode}' cannot name a cartridge`);
  const directory = `${home}/${barcode}`;
  if (isOccupied(directory)) throw new CartridgeExistsError(directory);
  const building = `${home}/.${barcode}.${process.pid}`;
  fs.mkdirSync(building, DIRECTORY_MODE);
  try {
    writeCartridge(building, CartridgeMemory.create(description));
    fs.renameSync(building, directory);
  } catch (error) {
    fs.rmSync(building, { recursive: true, force: true });
    if (isOccupied(directory)) throw new CartridgeExistsError(directory);
    throw error;
  }
  syncDirectory(home);
  return directory;
}
