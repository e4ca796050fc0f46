// SPDX-License-Identifier: GPL-2.0-or-later
// Opens files of a cartridge, which may have been put there by anybody who may write to its directory.
import fs from 'node:fs';

/** Largest file that is read as a whole, bytes. The attributes a cartridge can have take a few thousand. */
const LARGEST = 1 << 20;

const { O_NOFOLLOW, O_NONBLOCK, O_RDWR } = fs.constants;

/**
 * Opens a file that is one: a named pipe would keep the daemon waiting, a device might never end. For root, who could
 * write anywhere, a link in its place is none, and a file with a second name elsewhere is not written to.
 * @param mode of a file that `flags` have made
 * @returns the descriptor
 * @throws Error of the operating system, or that it is no file for that
 */
export function openRegularFile(path: string, flags: number, mode?: number): number {
  const careful = process.geteuid?.() === 0 && (flags & O_RDWR) !== 0;
  const fd = fs.openSync(path, flags | O_NONBLOCK | (careful ? O_NOFOLLOW : 0), mode);
  try {
    const stat = fs.fstatSync(fd);
    if (!stat.isFile()) throw new Error('it is no regular file');
    if (careful && stat.nlink > 1)
      throw new Error('it has a second name elsewhere, and root writes to no such file');
    return fd;
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

/**
 * The bytes of a small file.
 * @param most bytes from its beginning; left out: all of it
 * @throws Error of the operating system, that it is no regular file, or that it is larger than any can be
 */
export function readSmallFile(path: string, most?: number): Uint8Array {
  const fd = openRegularFile(path, fs.constants.O_RDONLY);
  try {
    if (most !== undefined) {
      const head = new Uint8Array(most);
      return head.subarray(0, fs.readSync(fd, head, 0, most, 0));
    }
    const { size } = fs.fstatSync(fd);
    if (size > LARGEST)
      throw new Error(`it has ${size} bytes; ${LARGEST} are the most it can have`);
    return fs.readFileSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
