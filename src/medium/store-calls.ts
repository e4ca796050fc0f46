// SPDX-License-Identifier: GPL-2.0-or-later
// What the engine asks of the operating system while a cartridge is open: a place for tests to look and to interfere.
import fs from 'node:fs';

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

/** Writes a file with the permissions and owner of `like`, durably, and never through a link that is there. */
async function writeLike(like: string, path: string, bytes: Uint8Array): Promise<void> {
  const { mode: wholeMode, uid, gid } = await fs.promises.stat(like);
  const mode = wholeMode & 0o777;
  await fs.promises.rm(path, { force: true });
  const file = await fs.promises.open(path, 'wx', mode);
  try {
    await file.chmod(mode);
    const made = await file.stat();
    if (made.uid !== uid || made.gid !== gid) await file.chown(uid, gid);
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function replace(directory: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = `${directory}/${name}`;
  const temporary = `${path}.new`;
  await writeLike(path, temporary, bytes);
  await fs.promises.rename(temporary, path);
  const handle = await fs.promises.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export const systemCalls: StoreCalls = {
  read: (fd, into, offset) => later((done) => fs.read(fd, into, 0, into.length, offset, done)),
  write: ({ fd }, parts, offset) =>
    later((done) => fs.writev(fd, parts.slice(0, MOST_PARTS), offset, done)),
  truncate: ({ fd }, size) => later((done) => fs.ftruncate(fd, size, done)),
  sync: ({ fd }) => later((done) => fs.fdatasync(fd, done)),
  replace,
};
