// SPDX-License-Identifier: GPL-2.0-or-later
// A cartridge on disk: a directory with its memory and the files of its partitions.
import { basename } from 'node:path';
import {
  type CartridgePlace,
  FORMAT,
  findCartridge,
  readCartridgeMemory,
} from './cartridge-files.js';
import { type CartridgeMemory, MAX_PARTITIONS } from './cartridge-memory.js';
import type { CartridgeType } from './cartridge-types.js';
import { writingLater } from './faults.js';
import { filemarksBackward, filemarksForward } from './filemark-search.js';
import { completeFormat, formatCartridge, isFormatPending } from './format.js';
import { CartridgeLock } from './lock/cartridge-lock.js';
import type { MediumAuxiliaryMemory } from './mam.js';
import { Partition } from './partition.js';
import { type StoreCalls, systemCalls } from './store-calls.js';
import { StoreFile } from './store-file.js';
import { upgradeCartridge } from './upgrade.js';
import {
  type Awaitable,
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
  /** What this process is called when others want the cartridge, e.g. `vtltape@11`. */
  readonly holder?: string;
  /** For tests. */
  readonly calls?: StoreCalls;
}

/**
 * Opens the cartridge in `directory`, whose name is the barcode. Changes nothing, not even when it is in an older
 * format: the first write does. But a format that was interrupted is completed. Nobody else can open it then, but
 * to look at.
 * @throws MediumError `'unreadable'` when there is none or it is in a foreign format, `'damaged'` when a file is
 *   missing or makes no sense, `'unwritable'` when it may not be written, `'in use'` when somebody else has it open
 */
export function openCartridge(directory: string, options: OpenOptions = {}): Volume {
  if (options.readOnly) return lookAt(directory, options);
  readCartridgeMemory(directory);
  const lock = CartridgeLock.acquire(directory, options.holder ?? 'mhvtl');
  try {
    if (isFormatPending(directory)) completeFormat(directory);
    const place = findCartridge(directory);
    const calls = lock.guard(options.calls ?? systemCalls);
    return new FileVolume(directory, place, openPartitions(place, calls), calls, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens only for reading, whoever else has the cartridge. */
function lookAt(directory: string, { calls = systemCalls }: OpenOptions): Volume {
  if (isFormatPending(directory))
    throw new MediumError(
      'damaged',
      `${directory} is being formatted, or that was interrupted: load it into a drive, which completes it`,
    );
  const place = findCartridge(directory);
  return new FileVolume(directory, place, openPartitions(place, calls, true), calls, undefined);
}

/** The open files of a cartridge. */
interface OpenCartridge {
  readonly files: readonly StoreFile[];
  readonly partitions: readonly Partition[];
}

function openPartitions(
  { memory, partitions }: CartridgePlace,
  calls: StoreCalls,
  readOnly = false,
): OpenCartridge {
  const keepsData = memory.use !== 'NULL';
  const unclean = memory.privateData.get('recordDirty') !== 0;
  const files: StoreFile[] = [];
  const open = (path: string): StoreFile => {
    const file = new StoreFile(path, readOnly, calls);
    files.push(file);
    return file;
  };
  try {
    const opened = partitions.map(({ data, indx, meta, mapAt }, number) => {
      const named = { data: open(data), indx: open(indx), meta: open(meta) };
      return new Partition(number, named, { keepsData, mapAt, unclean });
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
  readonly #calls: StoreCalls;
  /** Undefined when the cartridge is only looked at. */
  readonly #lock: CartridgeLock | undefined;

  constructor(
    directory: string,
    place: CartridgePlace,
    open: OpenCartridge,
    calls: StoreCalls,
    lock: CartridgeLock | undefined,
  ) {
    this.#calls = calls;
    this.#lock = lock;
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
    this.#lock?.assertHeld();
    upgradeCartridge(this.#directory, this.#old);
    this.#old = undefined;
    const old = this.#open;
    this.#open = openPartitions(findCartridge(this.#directory), this.#calls);
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

  async setWriteProtected(on: boolean): Promise<void> {
    this.#upgrade();
    this.#memory.setWriteProtected(on);
    await this.#savePrivateData();
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

  get buffered(): { readonly objects: number; readonly bytes: number } {
    const writers = this.#partitions.map(({ writer }) => writer);
    return {
      objects: writers.reduce((sum, { objects }) => sum + objects, 0),
      bytes: writers.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  takeDeferredError(): MediumError | undefined {
    for (const { writer } of this.#partitions) {
      const error = writer.takeFailure(true);
      if (error) return error;
    }
    return undefined;
  }

  async settle(): Promise<void> {
    for (const { writer } of this.#partitions) await writer.settle();
  }

  read(
    partition: number,
    position: number,
    into: Uint8Array,
    how: ReadOptions = {},
  ): Awaitable<ReadOutcome> {
    return this.#at(partition).read(position, into, how);
  }

  encryptionAt(partition: number, position: number): BlockInfo['encryption'] {
    return this.#at(partition).encryptionAt(position);
  }

  blockInfo(partition: number, position: number): Promise<BlockInfo> {
    return this.#at(partition).blockInfo(position);
  }

  write(
    partition: number,
    position: number,
    block: Uint8Array,
    how: WriteOptions = {},
  ): Awaitable<void> {
    this.#upgrade();
    return this.#at(partition).write(position, block, how);
  }

  async writeFilemarks(partition: number, position: number, count: number): Promise<void> {
    if (count > 0) this.#upgrade();
    await this.#at(partition).writeFilemarks(position, count);
  }

  async truncate(partition: number, position: number): Promise<void> {
    this.#upgrade();
    await this.#at(partition).truncate(position);
  }

  async format(sizes: readonly number[]): Promise<void> {
    if (sizes.length < 1 || sizes.length > MAX_PARTITIONS)
      throw new RangeError(`${sizes.length} partitions`);
    for (const { writer } of this.#partitions) await writer.drain();
    this.#upgrade();
    this.#lock?.assertHeld();
    formatCartridge(this.#directory, sizes.length, this.#memory.formatted(sizes));
    this.#memory.format(sizes);
    this.#memory.privateData.changed = false;
    const old = this.#open;
    this.#open = openPartitions(findCartridge(this.#directory), this.#calls);
    for (const file of old.files) file.close();
  }

  async flush(): Promise<void> {
    if (this.#memory.mam.written) this.#upgrade();
    for (const partition of this.#partitions) await partition.sync();
    await this.#saveMemory();
  }

  filemarksForward(partition: number, position: number, count: number): FilemarkSearch {
    return filemarksForward(this.#at(partition).index, position, count);
  }

  filemarksBackward(partition: number, position: number, count: number): FilemarkSearch {
    return filemarksBackward(this.#at(partition).index, position, count);
  }

  async mount(drive: MountingDrive): Promise<{ readonly dirty: boolean }> {
    const outcome = this.#memory.mount(drive, this.#partitions.length);
    await this.#savePrivateData();
    await this.#saveMam();
    return outcome;
  }

  noteModification(): Awaitable<void> {
    return this.#modified ? undefined : this.#noteFirstModification();
  }

  async #noteFirstModification(): Promise<void> {
    this.#upgrade();
    this.#memory.noteModification();
    await this.#saveMam();
    this.#modified = true;
  }

  async dismount(totals: {
    readonly bytesWritten: number;
    readonly bytesRead: number;
  }): Promise<void> {
    try {
      await this.flush();
      this.#memory.noteUse(this.used(0, this.endOfData(0)), this.#partitions.length);
      const whole = this.#partitions.every((partition) => partition.whole);
      this.#memory.dismount(totals, whole);
      await this.#saveMemory();
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    try {
      for (const partition of this.#partitions) await partition.finish();
    } finally {
      for (const file of this.#open.files) file.close();
      this.#lock?.release();
    }
  }

  /** The mark that says "in use" goes last, when all the rest is safe. */
  async #saveMemory(): Promise<void> {
    await this.#saveMam();
    await this.#savePrivateData();
  }

  /** What a load changes stays in memory as long as the cartridge is in an older format. */
  async #saveMam(): Promise<void> {
    const { mam } = this.#memory;
    if (!mam.changed || this.#old) return;
    mam.changed = false;
    await this.#save('mam', mam.toFile(FORMAT), mam);
  }

  async #savePrivateData(): Promise<void> {
    const { privateData } = this.#memory;
    if (!privateData.changed || this.#old) return;
    privateData.changed = false;
    await this.#save('mhvtl_data', privateData.serialise(), privateData);
  }

  async #save(name: string, bytes: Uint8Array, list: { changed: boolean }): Promise<void> {
    const path = `${this.#directory}/${name}`;
    try {
      await writingLater(path, this.#calls.replace(this.#directory, name, bytes));
    } catch (error) {
      list.changed = true;
      throw error;
    }
  }
}
