// SPDX-License-Identifier: GPL-2.0-or-later
// Replaces a file by another content, all or nothing.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

function sync(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * The new content is on stable storage when it returns; after a power cut there is the old or the new one.
 * @throws Error of the file system; the old content is then still there
 */
export function replaceFile(path: string, content: Uint8Array | string, mode = 0o640): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  /* Never through a link that somebody else put there. */
  rmSync(`${path}.new`, { force: true });
  const fd = openSync(`${path}.new`, 'wx', mode);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${path}.new`, path);
  sync(dirname(path));
}
