// SPDX-License-Identifier: GPL-2.0-or-later
// The files of an open cartridge: partitions, memory, and what replaces them all, a format or an upgrade.
import { type CartridgePlace, FORMAT, findCartridge } from './cartridge-files.js';
import type { CartridgeMemory } from './cartridge-memory.js';
import { writingLater } from './faults.js';
import { completeFormat, decideFormat, isFormatPending } from './format.js';
import type { CartridgeLock } from './lock/cartridge-lock.js';
import { Partition } from './partition.js';
import type { StoreCalls } from './store-calls.js';
import { StoreFile } from './store-file.js';
import { upgradeCartridge } from './upgrade.js';
import { MediumError } from './volume.js';

/** The open partitions of a cartridge. */
interface OpenPartitions {
  readonly files: readonly StoreFile[];
  readonly partitions: readonly Partition[];
}

function openPartitions(
  { memory, partitions }: CartridgePlace,
  calls: StoreCalls,
  readOnly = false,
): OpenPartitions {
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
      return new Partition(number, named, { keepsData, mapAt, unclean, readOnly });
    });
    return { files, partitions: opened };
  } catch (error) {
    closeAll(files);
    throw error;
  }
}

/** Closes every one of them, whatever happens to the others. @throws what the last that could not be closed said */
function closeAll(files: readonly StoreFile[]): void {
  const [first, ...rest] = files;
  if (!first) return;
  try {
    first.close();
  } finally {
    closeAll(rest);
  }
}

export class CartridgeStore {
  readonly directory: string;
  readonly memory: CartridgeMemory;
  readonly #calls: StoreCalls;
  /** Undefined when the cartridge is only looked at. */
  readonly #lock: CartridgeLock | undefined;
  /** The cartridge does not lie on disk as this build writes it. */
  #old: boolean;
  #open: OpenPartitions;
  /** Done when nothing changes the files by name any more. */
  #changing: Promise<void> = Promise.resolve();
  /** Sizes of the partitions of a format that was decided on and is not complete: what is open is of the past. */
  #decided: readonly number[] | undefined;

  /**
   * @param lock held from now on until {@link close}; undefined to look only
   * @throws MediumError
   */
  constructor(directory: string, calls: StoreCalls, lock: CartridgeLock | undefined) {
    const pending = isFormatPending(directory);
    if (pending && lock) completeFormat(directory);
    if (pending && !lock)
      throw new MediumError(
        'damaged',
        `${directory} is being formatted, or that was interrupted: load it into a drive, which completes it`,
      );
    const place = findCartridge(directory);
    this.directory = directory;
    this.memory = place.memory;
    this.#calls = lock?.guard(calls) ?? calls;
    this.#lock = lock;
    this.#old = !place.current;
    this.#open = openPartitions(place, this.#calls, lock === undefined);
  }

  /** @throws MediumError while a format is decided on and not completed */
  get partitions(): readonly Partition[] {
    if (this.#decided) this.#completeFormat(this.#decided);
    return this.#open.partitions;
  }

  /** The partitions as they are open, whatever became of them on disk. */
  get openPartitions(): readonly Partition[] {
    return this.#open.partitions;
  }

  get partitionCount(): number {
    return this.#decided?.length ?? this.#open.partitions.length;
  }

  /** Opens the partitions anew, because their files are other ones. */
  #reopen(): void {
    const old = this.#open;
    this.#open = openPartitions(findCartridge(this.directory), this.#calls);
    closeAll(old.files);
  }

  /** @throws MediumError `'unwritable'` when it was opened to look only, or somebody else took it */
  #assertHeld(): void {
    if (!this.#lock) throw new MediumError('unwritable', `${this.directory} is open to look only`);
    this.#lock.assertHeld();
  }

  /** Before anything is written: makes a cartridge in an older format one of today. */
  upgrade(): void {
    if (!this.#old) return;
    this.#assertHeld();
    /* An attempt that failed may have moved files. */
    const place = findCartridge(this.directory);
    if (!place.current) upgradeCartridge(this.directory, { ...place, memory: this.memory });
    this.#reopen();
    this.#old = false;
  }

  /** Whoever flips a switch of the cartridge does not wait for the drive: what changes files comes one after the other. */
  #inTurn(change: () => void | Promise<void>): Promise<void> {
    const changed = this.#changing.then(change);
    this.#changing = changed.catch(() => undefined);
    return changed;
  }

  /** Replaces all partitions by new ones, of so many bytes each, whose writers have nothing left. */
  format(sizes: readonly number[]): Promise<void> {
    return this.#inTurn(() => this.#format(sizes));
  }

  #format(sizes: readonly number[]): void {
    this.upgrade();
    this.#assertHeld();
    try {
      decideFormat(this.directory, sizes.length, this.memory.formatted(sizes));
    } finally {
      if (isFormatPending(this.directory)) this.#decided = sizes;
    }
    this.#completeFormat(sizes);
  }

  #completeFormat(sizes: readonly number[]): void {
    this.#assertHeld();
    completeFormat(this.directory);
    this.#reopen();
    this.#decided = undefined;
    this.memory.format(sizes);
  }

  /** The mark that says "in use" goes last, when all the rest is safe. */
  async saveMemory(): Promise<void> {
    await this.saveMam();
    await this.savePrivateData();
  }

  /** What a load changes stays in memory as long as the cartridge is in an older format. */
  async saveMam(): Promise<void> {
    const { mam } = this.memory;
    if (!this.#old) await this.#inTurn(() => this.#replace('mam', mam, () => mam.toFile(FORMAT)));
  }

  async savePrivateData(): Promise<void> {
    const { privateData } = this.memory;
    if (!this.#old)
      await this.#inTurn(() =>
        this.#replace('mhvtl_data', privateData, () => privateData.serialise()),
      );
  }

  async #replace(name: string, list: { changed: boolean }, bytes: () => Uint8Array): Promise<void> {
    if (!list.changed) return;
    list.changed = false;
    const path = `${this.directory}/${name}`;
    try {
      this.#assertHeld();
      await writingLater(path, this.#calls.replace(this.directory, name, bytes()));
    } catch (error) {
      list.changed = true;
      throw error;
    }
  }

  /** Lets others have the cartridge, when all is saved that was to be. Nothing is saved after that. */
  close(): Promise<void> {
    return this.#inTurn(() => {
      try {
        closeAll(this.#open.files);
      } finally {
        this.#lock?.release();
      }
    });
  }
}
