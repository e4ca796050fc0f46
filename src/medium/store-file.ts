// SPDX-License-Identifier: GPL-2.0-or-later
// A file of a cartridge: whole reads and writes at an offset, and whether it needs a sync.
import fs from 'node:fs';
import { reading, readingLater, writing, writingLater } from './faults.js';
import { openRegularFile } from './regular-file.js';
import { type StoreCalls, systemCalls } from './store-calls.js';
import { MediumError } from './volume.js';

/** Stands for the size of a file that could not be restored: no size anybody asks for equals it. */
const UNKNOWN = -1;

export class StoreFile {
  readonly path: string;
  readonly #fd: number;
  readonly #calls: StoreCalls;
  #size: number;
  #dirty = false;

  /** @throws MediumError `'unwritable'` or, of one only to be read, `'unreadable'`, when it cannot be opened */
  constructor(path: string, readOnly = false, calls: StoreCalls = systemCalls) {
    this.path = path;
    this.#calls = calls;
    this.#fd = readOnly
      ? reading(path, () => openRegularFile(path, fs.constants.O_RDONLY))
      : writing(path, () => openRegularFile(path, fs.constants.O_RDWR));
    this.#size = reading(path, () => fs.fstatSync(this.#fd).size);
  }

  /** Bytes in the file. */
  get size(): number {
    return this.#size;
  }

  #short(offset: number, missing: number): MediumError {
    return new MediumError(
      'damaged',
      `${this.path} ends at byte ${offset}, ${missing} bytes early`,
    );
  }

  /**
   * Fills `into` from `offset`.
   * @throws MediumError `'unreadable'`; `'damaged'` when the file ends before that
   */
  read(into: Uint8Array, offset: number): void {
    for (let done = 0; done < into.length; ) {
      const count = reading(this.path, () =>
        fs.readSync(this.#fd, into, done, into.length - done, offset + done),
      );
      if (count === 0) throw this.#short(offset + done, into.length - done);
      done += count;
    }
  }

  /** {@link read}, while others get their turn. */
  async readLater(into: Uint8Array, offset: number): Promise<void> {
    for (let done = 0; done < into.length; ) {
      const rest = into.subarray(done);
      const count = await readingLater(this.path, this.#calls.read(this.#fd, rest, offset + done));
      if (count === 0) throw this.#short(offset + done, rest.length);
      done += count;
    }
  }

  /**
   * Writes `parts` one after the other from `offset` on.
   * @throws MediumError `'no space'` or `'unwritable'`; part of it may have been written
   */
  async write(parts: readonly Uint8Array[], offset: number): Promise<void> {
    this.#dirty = true;
    let at = offset;
    for (let left = parts; left.length > 0; ) {
      const count = await writingLater(this.path, this.#calls.write(this.#file, left, at));
      at += count;
      left = withoutFirst(left, count);
    }
    this.#size = Math.max(this.#size, at);
  }

  /** For what reads and writes by itself. */
  get descriptor(): number {
    return this.#fd;
  }

  /** Whether others may write to it by {@link descriptor}: nobody wants to see the calls. */
  get direct(): boolean {
    return this.#calls === systemCalls;
  }

  /** Something else wrote to the file, up to the byte `end`. */
  wrote(end: number): void {
    this.#dirty = true;
    this.#size = Math.max(this.#size, end);
  }

  get #file() {
    return { fd: this.#fd, path: this.path };
  }

  /** Makes the file `size` bytes long; does nothing when it is. */
  async truncate(size: number): Promise<void> {
    if (size === this.#size) return;
    this.#dirty = true;
    await writingLater(this.path, this.#calls.truncate(this.#file, size));
    this.#size = size;
  }

  /**
   * Cuts the file at `size` after a failed write, if it can be cut: the failed write is what is told. If not,
   * its size counts as unknown and the next {@link truncate} cuts it.
   */
  async restore(size: number): Promise<void> {
    this.#size = UNKNOWN;
    try {
      await this.truncate(size);
    } catch (error) {
      if (!(error instanceof MediumError)) throw error;
    }
  }

  /** Returns when what was written is on stable storage; does nothing when nothing was. */
  async sync(): Promise<void> {
    if (!this.#dirty) return;
    this.#dirty = false;
    try {
      await writingLater(this.path, this.#calls.sync(this.#file));
    } catch (error) {
      this.#dirty = true;
      throw error;
    }
  }

  close(): void {
    writing(this.path, () => fs.closeSync(this.#fd));
  }
}

/** What is left of `parts` without the first `count` bytes. */
function withoutFirst(parts: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let skip = count;
  let first = 0;
  while (first < parts.length && skip >= parts[first]!.length) skip -= parts[first++]!.length;
  const rest = parts.slice(first);
  if (skip > 0) rest[0] = rest[0]!.subarray(skip);
  return rest;
}
