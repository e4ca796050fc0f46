// SPDX-License-Identifier: GPL-2.0-or-later
// Reads a file that may have been put there by somebody else than the reader.
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** Largest configuration file that is read, bytes: a library of 65,535 slots takes two million. */
const LARGEST = 64 << 20;

/**
 * The text of a file. Of a named pipe it would wait for a writer, and of a device it might never see the end: it reads
 * neither.
 * @throws Error of the operating system, or when it is no regular file, or larger than one can be
 */
export function readRegularFile(path: string): string {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new Error('it is no regular file');
    if (stat.size > LARGEST) throw new Error(`it is larger than ${LARGEST} bytes`);
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}
