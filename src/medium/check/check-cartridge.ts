// SPDX-License-Identifier: GPL-2.0-or-later
// Checks a cartridge on disk: its memory, its files, every block. Changes nothing.
import fs from 'node:fs';
import { basename } from 'node:path';
import { type CartridgePlace, FORMAT, findCartridge } from '../cartridge-files.js';
import { MAX_PARTITIONS } from '../cartridge-memory.js';
import { openCartridge } from '../file-volume.js';
import { isFormatPending } from '../format.js';
import { findHolder } from '../lock/cartridge-lock.js';
import { partitionFiles } from '../partition-files.js';
import { readRecords } from '../read-records.js';
import { MediumError } from '../volume.js';
import { checkPartition } from './check-partition.js';
import type { Finding, Remedy } from './finding.js';

export interface CheckOptions {
  /** Whether to read every block. */
  readonly blocks: boolean;
  /** Told how far it has come: objects done of a partition, of how many. */
  readonly progress?: (partition: number, done: number, total: number) => void;
}

/** What hides the rest: it must be mended before anything else can be checked. */
function checkPieces(directory: string): Finding[] {
  if (isFormatPending(directory))
    return [
      {
        problem: `${directory} was being formatted, and that was interrupted`,
        remedy: { kind: 'complete the format' },
      },
    ];
  const numbers = Array.from({ length: MAX_PARTITIONS }, (_, number) => number);
  return numbers.flatMap((number): Finding[] => {
    const { data, indx, meta } = partitionFiles(directory, number);
    if (!fs.existsSync(data) || !fs.existsSync(indx) || fs.existsSync(meta)) return [];
    /* An interrupted upgrade has it under its old name. */
    if (number === 0 && fs.existsSync(`${directory}/meta`)) return [];
    return [
      { partition: number, problem: `${meta} is missing`, remedy: mapRemedy(number, data, indx) },
    ];
  });
}

/** Without the map nothing tells whether data behind the last object once were objects. */
function mapRemedy(partition: number, data: string, indx: string): Remedy {
  let objects = 0;
  let end = 0;
  for (const record of readRecords(indx)) {
    objects++;
    end = Number(record.dataOffset) + record.storedSize;
  }
  if (fs.statSync(data).size <= end) return { kind: 'write the map', partition };
  return { kind: 'cut', partition, objects, lossy: true };
}

/** Whether the cartridge is between two formats, as an upgrade that was interrupted leaves it. */
function isHalfUpgraded(directory: string, { format, current }: CartridgePlace): boolean {
  if (current) return false;
  const names = ['mam', 'data.0', 'indx.0', 'meta.0'];
  return format !== 3 || names.some((name) => fs.existsSync(`${directory}/${name}`));
}

/** Whether another process has it open, as a drive: no wonder that it was not given back. */
function isElsewhere(directory: string): boolean {
  const user = findHolder(directory);
  return user !== undefined && user.holder?.pid !== process.pid;
}

function checkMemory(directory: string, place: CartridgePlace): Finding[] {
  const { mam, privateData } = place.memory;
  const found: Finding[] = [];
  if (isHalfUpgraded(directory, place))
    found.push({
      problem: `an upgrade from format ${place.format} to ${FORMAT.tapeFormat} was interrupted`,
      remedy: { kind: 'complete the upgrade' },
    });
  if (privateData.get('recordDirty') !== 0 && !isElsewhere(directory))
    found.push({
      problem: 'the drive that had it never gave it back: counters of that load are lost',
      remedy: { kind: 'clear the mark' },
    });
  if (mam.get('maximumCapacity') === 0n)
    found.push({ problem: 'its capacity (MAM attribute 0001h) is 0: give it one with edit_tape' });
  const barcode = mam.get('barcode');
  if (barcode !== basename(directory))
    found.push({
      problem: `its barcode (MAM attribute 0806h) is '${barcode}', its directory is ${basename(directory)}`,
    });
  return found;
}

async function checkPartitions(
  directory: string,
  place: CartridgePlace,
  { blocks, progress }: CheckOptions,
): Promise<Finding[]> {
  const volume = openCartridge(directory, { readOnly: true });
  const found: Finding[] = [];
  try {
    for (const [number, files] of place.partitions.entries()) {
      const subject = { number, place: files, volume, numbered: place.format > 3 && place.current };
      found.push(
        ...(await checkPartition(subject, blocks, (done, total) =>
          progress?.(number, done, total),
        )),
      );
    }
  } finally {
    await volume.close();
  }
  return found;
}

/** Everything that is wrong with the cartridge in `directory`; nothing when it is whole. */
export async function checkCartridge(
  directory: string,
  options: CheckOptions,
): Promise<readonly Finding[]> {
  try {
    const pieces = checkPieces(directory);
    if (pieces.length > 0) return pieces;
    const place = findCartridge(directory);
    const memory = checkMemory(directory, place);
    return [...memory, ...(await checkPartitions(directory, place, options))];
  } catch (error) {
    if (!(error instanceof MediumError)) throw error;
    return [{ problem: error.message }];
  }
}
