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

/**
 * Writes a file and returns when its bytes are on stable storage. What was there before is left alone if it is a link.
 * @param like the file whose owner and permissions it gets
 */
export function writeNewFile(path: string, bytes: Uint8Array, like: string): void {
  const { mode: wholeMode, uid, gid } = fs.statSync(like);
  const mode = wholeMode & 0o777;
  fs.rmSync(path, { force: true });
  const fd = fs.openSync(path, 'wx', mode);
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
