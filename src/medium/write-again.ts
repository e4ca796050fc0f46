// SPDX-License-Identifier: GPL-2.0-or-later
// After a sync that failed: Linux forgets what it could not write and says so once, so that the next sync would lie. What
// is not known to be safe is read back, checked and written once more.
import { indexRecord, OBJECT_TYPES } from './index-record.js';
import type { ObjectEntry, ObjectIndex } from './object-index.js';
import type { PartitionFiles } from './partition-files.js';
import { isIntact } from './stored-block.js';
import { type LostObjects, MediumError } from './volume.js';

const RECORD = indexRecord.size;

/** The files that objects are appended to. */
type AppendedFiles = Pick<PartitionFiles, 'data' | 'indx'>;

/** Whether a record tells of that object. */
function isRecordOf(record: Uint8Array, number: number, entry: ObjectEntry): boolean {
  const { dataOffset, type, ...rest } = indexRecord.decode(record);
  return (
    type === (entry.filemark ? OBJECT_TYPES.filemark : OBJECT_TYPES.block) &&
    rest.number === number &&
    Number(dataOffset) === entry.offset &&
    rest.size === entry.size &&
    rest.storedSize === entry.storedSize &&
    rest.flags === entry.flags &&
    rest.crc === entry.crc
  );
}

/** What the files still have of the object `number`; undefined when that is not what was written. */
async function readBack(
  { data, indx }: AppendedFiles,
  number: number,
  entry: ObjectEntry,
  keepsData: boolean,
): Promise<{ readonly record: Uint8Array; readonly stored: Uint8Array } | undefined> {
  const record = new Uint8Array(RECORD);
  const stored = new Uint8Array(keepsData ? entry.storedSize : 0);
  try {
    await indx.readLater(record, number * RECORD);
    await data.readLater(stored, entry.offset);
  } catch (error) {
    if (error instanceof MediumError) return undefined;
    throw error;
  }
  const intact = entry.filemark || !keepsData || isIntact(entry, stored);
  return intact && isRecordOf(record, number, entry) ? { record, stored } : undefined;
}

/**
 * Writes the objects from `from` on into the files again.
 * @returns the first that is lost; the end of data when none is
 * @throws MediumError `'unwritable'` or `'no space'`
 */
export async function writeAgain(
  files: AppendedFiles,
  index: ObjectIndex,
  from: number,
  keepsData: boolean,
): Promise<number> {
  for (let number = from; number < index.length; number++) {
    const entry = index.entry(number);
    const there = await readBack(files, number, entry, keepsData);
    if (!there) return number;
    if (there.stored.length > 0) await files.data.write([there.stored], entry.offset);
    await files.indx.write([there.record], number * RECORD);
  }
  return index.length;
}

/** What is told when that is not the end of data. @param where the object at `lost` is */
export const lostFrom = (where: string, lost: LostObjects): MediumError =>
  new MediumError(
    'unwritable',
    `${where} and what came after it are lost: the disk failed to keep them`,
    { lost },
  );
