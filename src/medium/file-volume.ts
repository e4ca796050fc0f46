// SPDX-License-Identifier: GPL-2.0-or-later
// A cartridge on disk: a directory with its memory and the files of its partitions.
import { basename } from 'node:path';
import { readCartridgeMemory } from './cartridge-files.js';
import { type CartridgeMemory, MAX_PARTITIONS } from './cartridge-memory.js';
import { CartridgeStore } from './cartridge-store.js';
import type { CartridgeType } from './cartridge-types.js';
import { filemarksBackward, filemarksForward } from './filemark-search.js';
import type { FirstEncrypted } from './first-encrypted.js';
import { CartridgeLock } from './lock/cartridge-lock.js';
import type { MediumAuxiliaryMemory } from './mam.js';
import type { Partition } from './partition.js';
import { type StoreCalls, systemCalls } from './store-calls.js';
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
  const { calls = systemCalls, holder = 'mhvtl', readOnly } = options;
  if (readOnly) return new FileVolume(new CartridgeStore(directory, calls, undefined));
  readCartridgeMemory(directory);
  const lock = CartridgeLock.acquire(directory, holder);
  try {
    return new FileVolume(new CartridgeStore(directory, calls, lock));
  } catch (error) {
    lock.release();
    throw error;
  }
}

const isFull = (error: unknown): boolean =>
  error instanceof MediumError && error.fault === 'no space';

class FileVolume implements Volume {
  readonly #store: CartridgeStore;
  readonly #memory: CartridgeMemory;
  /** Since the mount; {@link noteModification} counts once. */
  #modified = false;
  /** The disk had no room for what the mount changed. Nothing is written before that is. */
  #owing = false;

  constructor(store: CartridgeStore) {
    this.#store = store;
    this.#memory = store.memory;
  }

  get barcode(): string {
    return basename(this.#store.directory);
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
    await this.#beforeWriting();
    this.#memory.setWriteProtected(on);
    await this.#store.savePrivateData();
  }

  get mam(): MediumAuxiliaryMemory {
    return this.#memory.mam;
  }

  get partitionCount(): number {
    return this.#store.partitionCount;
  }

  /** The partition; asking for one there is not is the caller's mistake. */
  #at(partition: number): Partition {
    const found = this.#store.partitions[partition];
    if (!found) throw new RangeError(`there is no partition ${partition}`);
    return found;
  }

  endOfData(partition: number): number {
    return this.#at(partition).endOfData;
  }

  capacity(partition: number): number {
    return this.#memory.capacity(partition, this.#store.partitionCount);
  }

  used(partition: number, position: number): number {
    return this.#at(partition).index.offset(position);
  }

  kindAt(partition: number, position: number): ObjectKind {
    return this.#at(partition).kindAt(position);
  }

  get buffered(): { readonly objects: number; readonly bytes: number } {
    const writers = this.#store.openPartitions.map(({ writer }) => writer);
    return {
      objects: writers.reduce((sum, { objects }) => sum + objects, 0),
      bytes: writers.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  takeDeferredError(): MediumError | undefined {
    for (const { writer } of this.#store.openPartitions) {
      const error = writer.takeFailure(true);
      if (error) return error;
    }
    return undefined;
  }

  async settle(): Promise<void> {
    for (const { writer } of this.#store.openPartitions) await writer.settle();
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

  firstEncrypted(partition: number): FirstEncrypted {
    return this.#at(partition).firstEncrypted();
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
    const ready = this.#beforeWriting();
    if (ready !== undefined)
      return ready.then(() => this.#at(partition).write(position, block, how));
    return this.#at(partition).write(position, block, how);
  }

  async writeFilemarks(partition: number, position: number, count: number): Promise<void> {
    if (count > 0) await this.#beforeWriting();
    await this.#at(partition).writeFilemarks(position, count);
  }

  async truncate(partition: number, position: number): Promise<void> {
    await this.#beforeWriting();
    await this.#at(partition).truncate(position);
  }

  async format(sizes: readonly number[]): Promise<void> {
    if (sizes.length < 1 || sizes.length > MAX_PARTITIONS)
      throw new RangeError(`${sizes.length} partitions`);
    await this.#beforeWriting();
    for (const { writer } of this.#store.partitions) await writer.drain();
    await this.#store.format(sizes);
  }

  async flush(): Promise<void> {
    if (this.#memory.mam.written) this.#store.upgrade();
    for (const partition of this.#store.partitions) await partition.sync();
    await this.#saveMemory();
  }

  /** While the disk is full, what a mount alone changed can wait: without it the cartridge is as nobody had loaded it. */
  async #saveMemory(): Promise<void> {
    try {
      await this.#store.saveMemory();
      this.#owing = false;
    } catch (error) {
      if (!this.#owing || this.#memory.mam.written || !isFull(error)) throw error;
    }
  }

  /** The cartridge is of today's format, and whoever finds it after a crash sees that it was in use. */
  #beforeWriting(): Promise<void> | undefined {
    this.#store.upgrade();
    if (!this.#owing) return undefined;
    return this.#store.saveMemory().then(() => {
      this.#owing = false;
    });
  }

  filemarksForward(partition: number, position: number, count: number): FilemarkSearch {
    return filemarksForward(this.#at(partition).index, position, count);
  }

  filemarksBackward(partition: number, position: number, count: number): FilemarkSearch {
    return filemarksBackward(this.#at(partition).index, position, count);
  }

  async mount(drive: MountingDrive): Promise<{ readonly dirty: boolean }> {
    const outcome = this.#memory.mount(drive, this.#store.partitionCount);
    try {
      await this.#store.savePrivateData();
      await this.#store.saveMam();
    } catch (error) {
      /* What is on it can be read all the same. */
      if (!isFull(error)) throw error;
      this.#owing = true;
    }
    return outcome;
  }

  noteModification(): Awaitable<void> {
    return this.#modified ? undefined : this.#noteFirstModification();
  }

  async #noteFirstModification(): Promise<void> {
    await this.#beforeWriting();
    this.#memory.noteModification();
    await this.#store.saveMam();
    this.#modified = true;
  }

  async dismount(totals: {
    readonly bytesWritten: number;
    readonly bytesRead: number;
  }): Promise<void> {
    try {
      await this.flush();
      this.#memory.noteUse(this.used(0, this.endOfData(0)), this.#store.partitionCount);
      const whole = this.#store.partitions.every((partition) => partition.whole);
      const moved = this.#store.partitions.map((partition) => partition.moved);
      this.#memory.dismount(totals, moved, whole);
      await this.#saveMemory();
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    /* Each of them, whatever becomes of the others: nothing may be on its way to a file that is closed. */
    const partitions = this.#store.openPartitions.map((one) => one.finish());
    const outcomes = await Promise.allSettled(partitions);
    await this.#store.close();
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }
}
