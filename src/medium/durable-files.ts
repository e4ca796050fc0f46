// SPDX-License-Identifier: GPL-2.0-or-later
// Small files that are made or replaced as a whole, and are on stable storage when that is done.
import fs from 'node:fs';
import { writing } from './faults.js';

/** Makes what happened in a directory (files made, renamed) durable. */
export function syncDirectory(path: string): void {
  const fd = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Makes a file with the owner and permissions of `like` and writes it; not durable yet. Returns the open file. */
function create(path: string, bytes: Uint8Array, like: string): number {
  const { mode: wholeMode, uid, gid } = fs.statSync(like);
  const mode = wholeMode & 0o777;
  fs.rmSync(path, { force: true });
  const fd = fs.openSync(path, 'wx', mode);
  try {
    fs.fchmodSync(fd, mode);
    const made = fs.fstatSync(fd);
    if (made.uid !== uid || made.gid !== gid) fs.fchownSync(fd, uid, gid);
    fs.writeFileSync(fd, bytes);
    return fd;
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

/**
 * Writes a file and returns when its bytes are on stable storage. What was there before is left alone if it is a link.
 * @param like the file whose owner and permissions it gets
 */
export function writeNewFile(path: string, bytes: Uint8Array, like: string): void {
  const fd = create(path, bytes, like);
  try {
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

/** The same, while others get their turn: only the syncs take time. Rejects with the operating system's error. */
export async function replaceFileLater(
  directory: string,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const path = `${directory}/${name}`;
  const temporary = `${path}.new`;
  await syncAndClose(create(temporary, bytes, path));
  fs.renameSync(temporary, path);
  await syncAndClose(fs.openSync(directory, 'r'));
}

async function syncAndClose(fd: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      fs.fsync(fd, (error) => (error ? reject(error) : resolve()));
    });
  } finally {
    fs.closeSync(fd);
  }
}
