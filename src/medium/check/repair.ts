// SPDX-License-Identifier: GPL-2.0-or-later
// Mends a cartridge on disk. What is replaced or cut off is copied before, into a directory of the cartridge.
import fs from 'node:fs';
import { basename, dirname } from 'node:path';
import { findCartridge } from '../cartridge-files.js';
import { replaceFile, syncDirectory, writeNewFile } from '../durable-files.js';
import { writing } from '../faults.js';
import { completeFormat } from '../format.js';
import { indexRecord, OBJECT_TYPES } from '../index-record.js';
import { metaHeader } from '../meta-file.js';
import { partitionFiles } from '../partition-files.js';
import { readRecords } from '../read-records.js';
import { openRegularFile } from '../regular-file.js';
import { upgradeCartridge } from '../upgrade.js';
import type { Remedy } from './finding.js';

/** Bytes copied in one go. */
const CHUNK = 1 << 22;

/** Keeps copies of what a repair replaces. */
class Copies {
  readonly directory: string;

  /** @param name of the directory to be made in that of the cartridge */
  constructor(cartridge: string, name: string) {
    this.directory = `${cartridge}/${name}`;
  }

  /**
   * Copies a file from byte `from` on, if there is anything. Returns when the copy is on stable storage. The second time
   * nothing happens: the file is not what it was.
   */
  keep(path: string, from = 0): void {
    if (!fs.existsSync(path) || fs.statSync(path).size <= from) return;
    if (fs.mkdirSync(this.directory, { recursive: true, mode: 0o770 }) !== undefined)
      syncDirectory(dirname(this.directory));
    const name = from === 0 ? basename(path) : `${basename(path)}.from-${from}`;
    const kept = `${this.directory}/${name}`;
    if (fs.existsSync(kept)) return;
    const source = openRegularFile(path, fs.constants.O_RDONLY);
    const copy = fs.openSync(kept, 'wx', fs.fstatSync(source).mode);
    try {
      const chunk = new Uint8Array(CHUNK);
      for (let at = from; ; ) {
        const length = fs.readSync(source, chunk, 0, chunk.length, at);
        if (length === 0) break;
        fs.writeFileSync(copy, chunk.subarray(0, length));
        at += length;
      }
      fs.fsyncSync(copy);
    } finally {
      fs.closeSync(source);
      fs.closeSync(copy);
    }
    syncDirectory(this.directory);
  }
}

/** The bytes of a filemark map. */
function mapOf(filemarks: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(metaHeader.size + 4 * filemarks.length);
  metaHeader.patch(bytes, { filemarkCount: filemarks.length });
  for (const [i, mark] of filemarks.entries()) bytes.writeUInt32LE(mark, metaHeader.size + 4 * i);
  return bytes;
}

/** Writes the map from the first `objects` records, as far as these are numbered in order. */
function writeMap(directory: string, partition: number, objects: number, copies: Copies): number {
  const { indx, meta } = partitionFiles(directory, partition);
  const filemarks: number[] = [];
  let next = 0;
  let end = 0;
  for (const record of readRecords(indx)) {
    if (next === objects || record.number !== next) break;
    next++;
    if (record.type === OBJECT_TYPES.filemark) filemarks.push(record.number);
    end = Number(record.dataOffset) + record.storedSize;
  }
  copies.keep(meta);
  if (fs.existsSync(meta)) replaceFile(directory, basename(meta), mapOf(filemarks));
  else writeNewFile(meta, mapOf(filemarks), indx);
  return end;
}

function truncate(path: string, size: number): void {
  const fd = openRegularFile(path, fs.constants.O_RDWR);
  try {
    fs.ftruncateSync(fd, size);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Ends the data of a partition behind `objects`: the map first, the index, then the data. */
function cut(directory: string, partition: number, objects: number, copies: Copies): void {
  const { data, indx } = partitionFiles(directory, partition);
  copies.keep(indx, objects * indexRecord.size);
  const end = writeMap(directory, partition, objects, copies);
  const keepsData = findCartridge(directory).memory.use !== 'NULL';
  if (keepsData) copies.keep(data, end);
  truncate(indx, objects * indexRecord.size);
  if (keepsData) truncate(data, Math.min(end, fs.statSync(data).size));
}

/** Takes off the mark that says "in a drive". */
function clearMark(directory: string, copies: Copies): void {
  const { privateData } = findCartridge(directory).memory;
  copies.keep(`${directory}/mhvtl_data`);
  privateData.set('recordDirty', 0);
  replaceFile(directory, 'mhvtl_data', privateData.serialise());
}

function apply(directory: string, remedy: Remedy, copies: Copies): void {
  if (remedy.kind === 'cut') cut(directory, remedy.partition, remedy.objects, copies);
  else if (remedy.kind === 'write the map')
    writeMap(directory, remedy.partition, Number.POSITIVE_INFINITY, copies);
  else if (remedy.kind === 'clear the mark') clearMark(directory, copies);
  else if (remedy.kind === 'complete the format') completeFormat(directory);
  else upgradeCartridge(directory, findCartridge(directory));
}

/** An old cartridge, or half of one, must be one of today before its files can be mended. */
const needsUpgrade = ({ kind }: Remedy): boolean =>
  kind === 'write the map' || kind === 'cut' || kind === 'clear the mark';

/**
 * Applies remedies to a cartridge that nobody has open.
 * @param copyName name of the directory, in that of the cartridge, for copies of what is replaced
 * @returns that directory; undefined when nothing had to be copied
 * @throws MediumError `'unwritable'` or `'no space'`
 */
export function repairCartridge(
  directory: string,
  remedies: readonly Remedy[],
  copyName: string,
): string | undefined {
  const copies = new Copies(directory, copyName);
  writing(directory, () => {
    for (const remedy of remedies) {
      if (needsUpgrade(remedy) && !hasToday(directory)) {
        const place = findCartridge(directory);
        if (!place.current) upgradeCartridge(directory, place);
      }
      apply(directory, remedy, copies);
    }
    syncDirectory(directory);
  });
  return fs.existsSync(copies.directory) ? copies.directory : undefined;
}

/** Whether partition 0 has data and index under their names of today; the map may be what is missing. */
const hasToday = (directory: string): boolean => {
  const { data, indx } = partitionFiles(directory, 0);
  return fs.existsSync(data) && fs.existsSync(indx) && fs.existsSync(`${directory}/mam`);
};
