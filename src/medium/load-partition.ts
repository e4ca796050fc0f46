// SPDX-License-Identifier: GPL-2.0-or-later
// Finds out where the objects of a partition end: by its index, and after a crash by what the index points at.
import { indexRecord, LONGEST_PAYLOAD } from './index-record.js';
import { loadIndex } from './load-index.js';
import { MetaFile } from './meta-file.js';
import type { ObjectIndex } from './object-index.js';
import type { PartitionFiles } from './partition-files.js';
import type { StoreFile } from './store-file.js';
import { isIntact } from './stored-block.js';
import { MediumError } from './volume.js';

/** How a partition is opened. */
export interface PartitionOptions {
  /** False for a NULL cartridge, which forgets what is written. */
  readonly keepsData: boolean;
  /** Where the filemark map begins in its file. */
  readonly mapAt: number;
  /** Whoever had the cartridge before never gave it back: what was not synced may be missing or in pieces. */
  readonly unclean: boolean;
  /** Nothing is written, whatever state the files are in. */
  readonly readOnly: boolean;
}

/** A partition as its files tell of it. */
export interface LoadedPartition {
  readonly meta: MetaFile;
  readonly index: ObjectIndex;
  /** Why the end of the index is not the end of data; undefined when it is. */
  readonly damage: string | undefined;
  /** Objects that are on stable storage. */
  readonly synced: number;
  /**
   * Objects that never were are looked at and believed, or dropped from `index`: the files may go on after it. False
   * where there is damage.
   */
  readonly decided: boolean;
}

/** @throws MediumError `'unreadable'` */
export function loadPartition(files: PartitionFiles, options: PartitionOptions): LoadedPartition {
  const { keepsData, mapAt, unclean } = options;
  const { data, indx } = files;
  const meta = new MetaFile(files.meta, mapAt);
  const { index, damage } = loadIndex(indx, keepsData ? data.size : Number.POSITIVE_INFINITY);
  const synced = unclean ? meta.synced : undefined;
  if (synced === undefined) {
    meta.compare(index);
    const lost = damage ?? (keepsData ? lostRecords(files, meta, index) : undefined);
    return { meta, index, damage: lost, synced: index.length, decided: false };
  }
  const found = index.length;
  if (keepsData) dropTorn(data, index, synced);
  meta.compare(index);
  const missing =
    found < synced
      ? (damage ?? `${synced - found} objects that had been written safely are missing`)
      : undefined;
  return { meta, index, damage: missing, synced, decided: missing === undefined };
}

/**
 * Objects after the first `synced` were never acknowledged as safe: the first of them that is not whole ends the
 * tape. Objects before that are not missing by themselves: that is damage.
 */
function dropTorn(data: StoreFile, index: ObjectIndex, synced: number): void {
  for (let number = synced; number < index.length; number++)
    if (!isWhole(data, index, number)) index.truncate(number);
}

/** Whether the object `number` can be read and matches its checksum. */
function isWhole(data: StoreFile, index: ObjectIndex, number: number): boolean {
  const entry = index.entry(number);
  if (entry.filemark) return true;
  try {
    const stored = new Uint8Array(entry.storedSize);
    data.read(stored, entry.offset);
    return isIntact(entry, stored);
  } catch (error) {
    if (error instanceof MediumError) return false;
    throw error;
  }
}

/**
 * Data after the last object are what a crash leaves of writes that were never synced, and the next append
 * may cut them off. So is a part of a record at the end of the index: it was never completed, and the next
 * record covers it. Unless something says that the index once was longer: a copy of it that stopped early.
 */
function lostRecords(
  { data, indx }: PartitionFiles,
  meta: MetaFile,
  index: ObjectIndex,
): string | undefined {
  const excess = data.size - index.end;
  const torn = indx.size % indexRecord.size !== 0;
  const after = `${data.path} holds ${excess} bytes after the last object in ${indx.path}`;
  if (excess > 0 && !meta.hasHeader) return `${after}, and the filemark map is gone`;
  if (excess > 0 && meta.listsBeyond(index.length))
    return `${after}, and the filemark map counts filemarks there`;
  if (torn && excess > LONGEST_PAYLOAD) return `${after}, which ends in the middle of a record`;
  return undefined;
}
