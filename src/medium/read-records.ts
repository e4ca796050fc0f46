// SPDX-License-Identifier: GPL-2.0-or-later
// The records of an index file as they are, for tools that show and check them.
import fs from 'node:fs';
import { reading } from './faults.js';
import { indexRecord } from './index-record.js';
import { openRegularFile } from './regular-file.js';

export type IndexRecord = ReturnType<typeof indexRecord.decode>;

const RECORD = indexRecord.size;
/** Records read in one go: 1 MiB. */
const CHUNK = 2048;

/** Whole records in a file of `size` bytes. */
export const recordsIn = (size: number): number => Math.floor(size / RECORD);

/**
 * Reads all whole records of an index file, a part of it at a time.
 * @throws MediumError `'unreadable'`
 */
export function* readRecords(path: string): Generator<IndexRecord> {
  const fd = reading(path, () => openRegularFile(path, fs.constants.O_RDONLY));
  try {
    const chunk = new Uint8Array(CHUNK * RECORD);
    for (let at = 0; ; at += chunk.length) {
      const length = reading(path, () => fs.readSync(fd, chunk, 0, chunk.length, at));
      for (let record = 0; record + RECORD <= length; record += RECORD)
        yield indexRecord.decode(chunk, record);
      if (length < chunk.length) return;
    }
  } finally {
    fs.closeSync(fd);
  }
}
