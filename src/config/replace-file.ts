// SPDX-License-Identifier: GPL-2.0-or-later
// Replaces a file by another content, all or nothing.
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

function sync(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Gives a file owner, group and rights of the one it is to replace, as far as this process may. */
function takeAfter(path: string, fd: number): void {
  const old = lstatSync(path, { throwIfNoEntry: false });
  if (!old?.isFile()) return;
  const made = fstatSync(fd);
  const mode = old.mode & 0o777;
  if ((made.mode & 0o777) !== mode) fchmodSync(fd, mode);
  if (made.uid === old.uid && made.gid === old.gid) return;
  try {
    fchownSync(fd, process.geteuid?.() === 0 ? old.uid : -1, old.gid);
  } catch {
    /* Only root, and members of the group, can give a file away. */
  }
}

/**
 * The new content is on stable storage when it returns; after a power cut there is the old or the new one. Owner and
 * rights stay what they were.
 * @param mode of a file that was not there, before the umask
 * @throws Error of the file system; the old content is then still there
 */
export function replaceFile(path: string, content: Uint8Array | string, mode = 0o640): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  /* Never through a link that somebody else put there. */
  rmSync(`${path}.new`, { force: true });
  const fd = openSync(`${path}.new`, 'wx', mode);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    takeAfter(path, fd);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${path}.new`, path);
  sync(dirname(path));
}
