// SPDX-License-Identifier: GPL-2.0-or-later
// A cartridge on disk: a directory with its memory and the files of its partitions.
import { basename } from 'node:path';
import { type CartridgePlace, FORMAT, findCartridge } from './cartridge-files.js';
import { type CartridgeMemory, MAX_PARTITIONS } from './cartridge-memory.js';
import type { CartridgeType } from './cartridge-types.js';
import { filemarksBackward, filemarksForward } from './filemark-search.js';
import { completeFormat, formatCartridge, isFormatPending } from './format.js';
import type { MediumAuxiliaryMemory } from './mam.js';
import { Partition } from './partition.js';
import { replaceFile, StoreFile } from './store-file.js';
import { upgradeCartridge } from './upgrade.js';
import {
  type BlockInfo,
  type FilemarkSearch,
  MediumError,
  type MountingDrive,
  type ObjectKind,
  type ReadOptions,
  type ReadOutcome,
  type Use,
  type Volume,
  type WriteOptions,
} from './volume.js';

/** How to open a cartridge. */
export interface OpenOptions {
  /** Only to look at: no file is opened for writing, and everything that writes throws. */
  readonly readOnly?: boolean;
}

/**
 * Opens the cartridge in `directory`, whose name is the barcode. Changes nothing, not even when it is in an older
 * format: the first write does. But a format that was interrupted is completed.
 * @throws MediumError `'unreadable'` when there is none or it is in a foreign format, `'damaged'` when a file is
 *   missing or makes no sense, `'unwritable'` when it may not be written
 */
export function openCartridge(directory: string, options: OpenOptions = {}): Volume {
  const interrupted = isFormatPending(directory);
  if (interrupted && options.readOnly)
    throw new MediumError(
      'damaged',
      `${directory} is being formatted, or that was interrupted: load it into a drive, which completes it`,
    );
  if (interrupted) completeFormat(directory);
  const place = findCartridge(directory);
  return new FileVolume(directory, place, openPartitions(place, options));
}

/** The open files of a cartridge. */
interface OpenCartridge {
  readonly files: readonly StoreFile[];
  readonly partitions: readonly Partition[];
}

function openPartitions(
  { memory, partitions }: CartridgePlace,
  { readOnly = false }: OpenOptions,
): OpenCartridge {
  const keepsData = memory.use !== 'NULL';
  const files: StoreFile[] = [];
  const open = (path: string): StoreFile => {
    const file = new StoreFile(path, readOnly);
    files.push(file);
    return file;
  };
  try {
    const opened = partitions.map(({ data, indx, meta, mapAt }, number) => {
      const named = { data: open(data), indx: open(indx), meta: open(meta) };
      return new Partition(number, named, keepsData, mapAt);
    });
    return { files, partitions: opened };
  } catch (error) {
    for (const file of files) file.close();
    throw error;
  }
}

class FileVolume implements Volume {
  readonly #directory: string;
  readonly #memory: CartridgeMemory;
  /** How the cartridge lies on disk, while that is not as this build writes it. */
  #old: CartridgePlace | undefined;
  #open: OpenCartridge;
  /** Since the mount; {@link noteModification} counts once. */
  #modified = false;
  readonly buffered = { objects: 0, bytes: 0 };

  constructor(directory: string, place: CartridgePlace, open: OpenCartridge) {
    this.#directory = directory;
    this.#memory = place.memory;
    this.#old = place.current ? undefined : place;
    this.#open = open;
  }

  get #partitions(): readonly Partition[] {
    return this.#open.partitions;
  }

  /** Before anything is written: makes a cartridge in an older format one of today. */
  #upgrade(): void {
    if (!this.#old) return;
    upgradeCartridge(this.#directory, this.#old);
    this.#old = undefined;
    const old = this.#open;
    this.#open = openPartitions(findCartridge(this.#directory), {});
    for (const file of old.files) file.close();
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

  settle(): void {}

  read(partition: number, position: number, into: Uint8Array, how: ReadOptions = {}): ReadOutcome {
    return this.#at(partition).read(position, into, how);
  }

  encryptionAt(partition: number, position: number): BlockInfo['encryption'] {
    return this.#at(partition).encryptionAt(position);
  }

  blockInfo(partition: number, position: number): BlockInfo {
    return this.#at(partition).blockInfo(position);
  }

  write(partition: number, position: number, block: Uint8Array, how: WriteOptions = {}): void {
    this.#upgrade();
    this.#at(partition).write(position, block, how);
  }

  writeFilemarks(partition: number, position: number, count: number): void {
    if (count > 0) this.#upgrade();
    this.#at(partition).writeFilemarks(position, count);
  }

  truncate(partition: number, position: number): void {
    this.#upgrade();
    this.#at(partition).truncate(position);
  }

  format(sizes: readonly number[]): void {
    if (sizes.length < 1 || sizes.length > MAX_PARTITIONS)
      throw new RangeError(`${sizes.length} partitions`);
    this.#upgrade();
    formatCartridge(this.#directory, sizes.length, this.#memory.formatted(sizes));
    this.#memory.format(sizes);
    this.#memory.privateData.changed = false;
    const old = this.#open;
    this.#open = openPartitions(findCartridge(this.#directory), {});
    for (const file of old.files) file.close();
  }

  flush(): void {
    if (this.#memory.mam.written) this.#upgrade();
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
    this.#upgrade();
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
    for (const file of this.#open.files) file.close();
  }

  /** The mark that says "in use" goes last, when all the rest is safe. */
  #saveMemory(): void {
    this.#saveMam();
    this.#savePrivateData();
  }

  /** What a load changes stays in memory as long as the cartridge is in an older format. */
  #saveMam(): void {
    const { mam } = this.#memory;
    if (!mam.changed || this.#old) return;
    replaceFile(this.#directory, 'mam', mam.toFile(FORMAT));
    mam.changed = false;
  }

  #savePrivateData(): void {
    const { privateData } = this.#memory;
    if (!privateData.changed || this.#old) return;
    replaceFile(this.#directory, 'mhvtl_data', privateData.serialise());
    privateData.changed = false;
  }
}
