// SPDX-License-Identifier: GPL-2.0-or-later
// A file of a cartridge: whole reads and writes at an offset, and whether it needs a sync.
import fs from 'node:fs';
import { reading, writing } from './faults.js';
import { MediumError } from './volume.js';

/** Stands for the size of a file that could not be restored: no size anybody asks for equals it. */
const UNKNOWN = -1;

export class StoreFile {
  readonly path: string;
  readonly #fd: number;
  #size: number;
  #dirty = false;

  /** @throws MediumError `'unwritable'` or, of one only to be read, `'unreadable'`, when it cannot be opened */
  constructor(path: string, readOnly = false) {
    this.path = path;
    this.#fd = readOnly
      ? reading(path, () => fs.openSync(path, 'r'))
      : writing(path, () => fs.openSync(path, 'r+'));
    this.#size = reading(path, () => fs.fstatSync(this.#fd).size);
  }

  /** Bytes in the file. */
  get size(): number {
    return this.#size;
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
      if (count === 0)
        throw new MediumError(
          'damaged',
          `${this.path} ends at byte ${offset + done}, ${into.length - done} bytes early`,
        );
      done += count;
    }
  }

  /**
   * Writes all of `from` at `offset`.
   * @throws MediumError `'no space'` or `'unwritable'`; part of it may have been written
   */
  write(from: Uint8Array, offset: number): void {
    this.#dirty = true;
    for (let done = 0; done < from.length; )
      done += writing(this.path, () =>
        fs.writeSync(this.#fd, from, done, from.length - done, offset + done),
      );
    this.#size = Math.max(this.#size, offset + from.length);
  }

  /** Makes the file `size` bytes long; does nothing when it is. */
  truncate(size: number): void {
    if (size === this.#size) return;
    this.#dirty = true;
    writing(this.path, () => fs.ftruncateSync(this.#fd, size));
    this.#size = size;
  }

  /**
   * Cuts the file at `size` after a failed write, if it can be cut: the failed write is what is told. If not,
   * its size counts as unknown and the next {@link truncate} cuts it.
   */
  restore(size: number): void {
    this.#size = UNKNOWN;
    try {
      this.truncate(size);
    } catch (error) {
      if (!(error instanceof MediumError)) throw error;
    }
  }

  /** Returns when what was written is on stable storage; does nothing when nothing was. */
  sync(): void {
    if (!this.#dirty) return;
    writing(this.path, () => fs.fdatasyncSync(this.#fd));
    this.#dirty = false;
  }

  close(): void {
    writing(this.path, () => fs.closeSync(this.#fd));
  }
}

/** Makes what happened in a directory (files made, renamed) durable. */
export function syncDirectory(path: string): void {
  const fd = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * Writes a file and returns when its bytes are on stable storage.
 * @param like the file whose mode and owner it gets
 */
export function writeNewFile(path: string, bytes: Uint8Array, like: string): void {
  const { mode, uid, gid } = fs.statSync(like);
  const fd = fs.openSync(path, 'w', mode);
  try {
    fs.fchmodSync(fd, mode);
    const made = fs.fstatSync(fd);
    if (made.uid !== uid || made.gid !== gid) fs.fchownSync(fd, uid, gid);
    fs.writeFileSync(fd, bytes);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * Replaces a file as a whole: whoever opens it finds the old bytes or the new ones, also after a crash.
 * Owner and mode stay.
 * @throws MediumError `'no space'` or `'unwritable'`; the old file is still there
 */
export function replaceFile(directory: string, name: string, bytes: Uint8Array): void {
  const path = `${directory}/${name}`;
  const temporary = `${path}.new`;
  writing(path, () => {
    writeNewFile(temporary, bytes, path);
    fs.renameSync(temporary, path);
    syncDirectory(directory);
  });
}
