// SPDX-License-Identifier: GPL-2.0-or-later
// Replaces the partitions of a cartridge on disk: all of them or none, also when the program or the machine dies.
import fs from 'node:fs';
import { MAX_PARTITIONS } from './cartridge-memory.js';
import { syncDirectory, writeNewFile } from './durable-files.js';
import { writing } from './faults.js';
import { metaHeader } from './meta-file.js';
import { partitionFiles } from './partition-files.js';
import { readSmallFile } from './regular-file.js';

/** New files are made here; the next format removes what is left of an interrupted one. */
const STAGE = 'format.new';
/** What the stage is called once it is complete; whoever finds it puts its files in place. */
const COMMITTED = 'format.done';

const kinds = ['data', 'indx', 'meta'] as const;

/** Whether a format was decided on and its files are not all in place. */
export const isFormatPending = (directory: string): boolean =>
  fs.existsSync(`${directory}/${COMMITTED}`);

/**
 * Puts the files of a decided format in place, if there is one, and removes what is left of one that was not.
 * Doing part of it and all of it again is the same as doing it once.
 * @throws MediumError `'unwritable'` or `'no space'`
 */
export function completeFormat(directory: string): void {
  writing(directory, () => {
    fs.rmSync(`${directory}/${STAGE}`, { recursive: true, force: true });
    const committed = `${directory}/${COMMITTED}`;
    if (!fs.existsSync(committed)) return;
    const count = readSmallFile(`${committed}/partitions`).at(0)!;
    for (let number = count; number < MAX_PARTITIONS; number++)
      for (const path of Object.values(partitionFiles(directory, number)))
        fs.rmSync(path, { force: true });
    for (const name of fs.readdirSync(committed))
      if (name !== 'partitions') fs.renameSync(`${committed}/${name}`, `${directory}/${name}`);
    syncDirectory(directory);
    fs.renameSync(committed, `${directory}/${STAGE}`);
    /* Else what is removed may be missing under the name that decides. */
    syncDirectory(directory);
    fs.rmSync(`${directory}/${STAGE}`, { recursive: true });
  });
}

/**
 * Decides that all partitions are replaced by `count` empty ones and `mhvtl_data` by `privateData`, which
 * {@link completeFormat} then does. Open files of the old ones stay what they were.
 * @throws MediumError `'unwritable'` or `'no space'`; then nothing was changed, or {@link isFormatPending} says
 *   that it was decided all the same
 */
export function decideFormat(directory: string, count: number, privateData: Uint8Array): void {
  const stage = `${directory}/${STAGE}`;
  completeFormat(directory);
  writing(directory, () => {
    fs.mkdirSync(stage, 0o770);
    for (let number = 0; number < count; number++)
      for (const kind of kinds) {
        const like = partitionFiles(directory, 0)[kind];
        const bytes = kind === 'meta' ? metaHeader.encode({}) : new Uint8Array();
        writeNewFile(partitionFiles(stage, number)[kind], bytes, like);
      }
    writeNewFile(`${stage}/mhvtl_data`, privateData, `${directory}/mhvtl_data`);
    writeNewFile(`${stage}/partitions`, Uint8Array.of(count), `${directory}/mhvtl_data`);
    syncDirectory(stage);
    fs.renameSync(stage, `${directory}/${COMMITTED}`);
    syncDirectory(directory);
  });
}
