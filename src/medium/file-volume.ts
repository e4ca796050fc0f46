// SPDX-License-Identifier: GPL-2.0-or-later
// A cartridge on disk: a directory with its memory and the files of its partitions.
import { basename } from 'node:path';
import { assertPresent, countPartitions, FORMAT, readCartridgeMemory } from './cartridge-files.js';
import type { CartridgeMemory } from './cartridge-memory.js';
import type { CartridgeType } from './cartridge-types.js';
import { filemarksBackward, filemarksForward } from './filemark-search.js';
import type { MediumAuxiliaryMemory } from './mam.js';
import { Partition, partitionFiles } from './partition.js';
import { replaceFile, StoreFile } from './store-file.js';
import type {
  FilemarkSearch,
  MountingDrive,
  ObjectKind,
  ReadOutcome,
  Use,
  Volume,
} from './volume.js';

/**
 * Opens the cartridge in `directory`, whose name is the barcode. Changes nothing.
 * @throws MediumError `'unreadable'` when there is none or it is in another format, `'damaged'` when a file is
 *   missing or makes no sense, `'unwritable'` when it may not be written
 */
export function openCartridge(directory: string): Volume {
  const memory = readCartridgeMemory(directory);
  const keepsData = memory.use !== 'NULL';
  const opened: StoreFile[] = [];
  const open = (path: string): StoreFile => {
    const file = new StoreFile(path);
    opened.push(file);
    return file;
  };
  const numbers = Array.from({ length: countPartitions(directory) }, (_, number) => number);
  try {
    const partitions = numbers.map((number) => {
      const { data, indx, meta } = partitionFiles(directory, number);
      assertPresent([data, indx, meta]);
      const files = { data: open(data), indx: open(indx), meta: open(meta) };
      return new Partition(number, files, keepsData);
    });
    return new FileVolume(directory, memory, opened, partitions);
  } catch (error) {
    for (const file of opened) file.close();
    throw error;
  }
}

class FileVolume implements Volume {
  readonly #directory: string;
  readonly #memory: CartridgeMemory;
  readonly #files: readonly StoreFile[];
  readonly #partitions: readonly Partition[];
  /** Since the mount; {@link noteModification} counts once. */
  #modified = false;

  constructor(
    directory: string,
    memory: CartridgeMemory,
    files: readonly StoreFile[],
    partitions: readonly Partition[],
  ) {
    this.#directory = directory;
    this.#memory = memory;
    this.#files = files;
    this.#partitions = partitions;
  }

  get barcode(): string {
    return basename(this.#directory);
  }

  get type(): CartridgeType {
    return this.#memory.type;
  }

  get use(): Use {
    return this.#memory.use;
  }

  get writeProtected(): boolean {
    return this.#memory.writeProtected;
  }

  get mam(): MediumAuxiliaryMemory {
    return this.#memory.mam;
  }

  get partitionCount(): number {
    return this.#partitions.length;
  }

  /** The partition; asking for one there is not is the caller's mistake. */
  #at(partition: number): Partition {
    const found = this.#partitions[partition];
    if (!found) throw new RangeError(`there is no partition ${partition}`);
    return found;
  }

  endOfData(partition: number): number {
    return this.#at(partition).endOfData;
  }

  capacity(partition: number): number {
    return this.#memory.capacity(partition, this.#partitions.length);
  }

  used(partition: number, position: number): number {
    return this.#at(partition).index.offset(position);
  }

  kindAt(partition: number, position: number): ObjectKind {
    return this.#at(partition).kindAt(position);
  }

  read(partition: number, position: number, into: Uint8Array): ReadOutcome {
    return this.#at(partition).read(position, into);
  }

  write(partition: number, position: number, block: Uint8Array): void {
    this.#at(partition).write(position, block);
  }

  writeFilemarks(partition: number, position: number, count: number): void {
    this.#at(partition).writeFilemarks(position, count);
  }

  truncate(partition: number, position: number): void {
    this.#at(partition).truncate(position);
  }

  flush(): void {
    for (const partition of this.#partitions) partition.sync();
    this.#saveMemory();
  }

  filemarksForward(partition: number, position: number, count: number): FilemarkSearch {
    return filemarksForward(this.#at(partition).index, position, count);
  }

  filemarksBackward(partition: number, position: number, count: number): FilemarkSearch {
    return filemarksBackward(this.#at(partition).index, position, count);
  }

  mount(drive: MountingDrive): { readonly dirty: boolean } {
    const outcome = this.#memory.mount(drive, this.#partitions.length);
    this.#savePrivateData();
    this.#saveMam();
    return outcome;
  }

  noteModification(): void {
    if (this.#modified) return;
    this.#memory.noteModification();
    this.#saveMam();
    this.#modified = true;
  }

  dismount(totals: { readonly bytesWritten: number; readonly bytesRead: number }): void {
    this.flush();
    this.#memory.noteUse(this.used(0, this.endOfData(0)), this.#partitions.length);
    this.#memory.dismount(totals);
    this.#saveMemory();
    this.close();
  }

  close(): void {
    for (const file of this.#files) file.close();
  }

  /** The mark that says "in use" goes last, when all the rest is safe. */
  #saveMemory(): void {
    this.#saveMam();
    this.#savePrivateData();
  }

  #saveMam(): void {
    const { mam } = this.#memory;
    if (!mam.changed) return;
    replaceFile(this.#directory, 'mam', mam.toFile(FORMAT));
    mam.changed = false;
  }

  #savePrivateData(): void {
    const { privateData } = this.#memory;
    if (!privateData.changed) return;
    replaceFile(this.#directory, 'mhvtl_data', privateData.serialise());
    privateData.changed = false;
  }
}
