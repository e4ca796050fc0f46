// SPDX-License-Identifier: GPL-2.0-or-later
// What the engine asks of the operating system while a cartridge is open: a place for tests to look and to interfere.
import fs from 'node:fs';
import { replaceFileLater } from './durable-files.js';

/** An open file; the path tells which. */
export interface StoreHandle {
  readonly fd: number;
  readonly path: string;
}

/** Each rejects with the operating system's error. All but `read` change the store. */
export interface StoreCalls {
  /** Resolves with the number of bytes read, 0 at the end of the file. */
  read(fd: number, into: Uint8Array, offset: number): Promise<number>;
  /** Writes as much as it can from `offset` on; resolves with the number of bytes. */
  write(file: StoreHandle, parts: readonly Uint8Array[], offset: number): Promise<number>;
  truncate(file: StoreHandle, size: number): Promise<void>;
  /** Resolves when what was written to the file is on stable storage. */
  sync(file: StoreHandle): Promise<void>;
  /**
   * Replaces a file as a whole: whoever opens it finds the old bytes or the new ones, also after a crash. Owner and
   * mode stay. Resolves when that is on stable storage.
   */
  replace(directory: string, name: string, bytes: Uint8Array): Promise<void>;
}

/** Most buffers of one call: IOV_MAX of Linux. */
const MOST_PARTS = 1024;

type Callback<T> = (error: Error | null, value?: T) => void;

function later<T>(start: (done: Callback<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value as T)));
  });
}

export const systemCalls: StoreCalls = {
  read: (fd, into, offset) => later((done) => fs.read(fd, into, 0, into.length, offset, done)),
  write: ({ fd }, parts, offset) =>
    later((done) => fs.writev(fd, parts.slice(0, MOST_PARTS), offset, done)),
  truncate: ({ fd }, size) => later((done) => fs.ftruncate(fd, size, done)),
  sync: ({ fd }) => later((done) => fs.fdatasync(fd, done)),
  replace: replaceFileLater,
};
