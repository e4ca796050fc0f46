// SPDX-License-Identifier: GPL-2.0-or-later
// Checks one partition of a cartridge: the files against each other, and every block against its checksum.
import fs from 'node:fs';
import type { PartitionPlace } from '../cartridge-files.js';
import { crc32c } from '../crc32c.js';
import { reading } from '../faults.js';
import { BLOCK_FLAGS, indexRecord, OBJECT_TYPES } from '../index-record.js';
import { metaHeader } from '../meta-file.js';
import { type IndexRecord, readRecords, recordsIn } from '../read-records.js';
import { openRegularFile } from '../regular-file.js';
import { MediumError, type Volume } from '../volume.js';
import type { Finding } from './finding.js';

/** A partition to be checked. */
export interface Subject {
  readonly number: number;
  readonly place: PartitionPlace;
  readonly volume: Volume;
  /** Partition numbers in records came with format 6. */
  readonly numbered: boolean;
}

/** More than a crash can leave unfinished; bad blocks that are more than that were whole once. */
const MOST_TORN = 1 << 26;
/** All bits a record's flags can have. */
const KNOWN_FLAGS = Object.values(BLOCK_FLAGS).reduce((all, flag) => all | flag, 0);

const sizeOf = (path: string): number => reading(path, () => fs.statSync(path).size);

/** The objects that the volume believes. */
function* believed({ number, place, volume }: Subject): Generator<IndexRecord> {
  const end = volume.endOfData(number);
  if (end === 0) return;
  for (const record of readRecords(place.indx)) {
    yield record;
    if (record.number === end - 1) return;
  }
}

/** What is behind the last object that is believed: records or data that lead nowhere. */
function checkEnd({ number, place, volume }: Subject): Finding[] {
  const end = volume.endOfData(number);
  const cut = { kind: 'cut', partition: number, objects: end } as const;
  try {
    volume.kindAt(number, end);
  } catch (error) {
    if (!(error instanceof MediumError)) throw error;
    const remedy = { ...cut, lossy: true };
    return [{ partition: number, object: end, problem: error.message, remedy }];
  }
  const remedy = { ...cut, lossy: false };
  const found: Finding[] = [];
  const torn = sizeOf(place.indx) % indexRecord.size;
  if (torn > 0)
    found.push({
      partition: number,
      object: end,
      problem: `${place.indx} ends ${torn} bytes into record ${recordsIn(sizeOf(place.indx))}`,
      remedy,
    });
  const excess = sizeOf(place.data) - volume.used(number, end);
  if (excess > 0 && volume.use !== 'NULL')
    found.push({
      partition: number,
      problem: `${place.data} has ${excess} bytes behind the last block`,
      remedy,
    });
  return found;
}

/** The map as it is on disk; undefined when it has not the length it says. */
function readMap({ meta, mapAt }: PartitionPlace): Uint32Array | undefined {
  const bytes = reading(meta, () => fs.readFileSync(meta)).subarray(mapAt);
  if (bytes.length < metaHeader.size) return undefined;
  const count = metaHeader.decode(bytes).filemarkCount;
  if (bytes.length !== metaHeader.size + 4 * count) return undefined;
  return Uint32Array.from({ length: count }, (_, i) => bytes.readUInt32LE(metaHeader.size + 4 * i));
}

/** Whether the filemark map says what the index says. */
function checkMap(subject: Subject, filemarks: readonly number[]): Finding[] {
  const { number, place } = subject;
  const map = readMap(place);
  if (map && map.length === filemarks.length && filemarks.every((mark, i) => map[i] === mark))
    return [];
  const says = map ? `lists ${map.length} filemarks` : 'is cut or has a tail';
  return [
    {
      partition: number,
      problem: `${place.meta} ${says}, which are not the ${filemarks.length} of the index`,
      remedy: { kind: 'write the map', partition: number },
    },
  ];
}

/** What a record says that cannot be, though its place on the medium is right. */
function recordFault(record: IndexRecord, subject: Subject): string | undefined {
  if (subject.numbered && record.partition !== subject.number)
    return `says it is of partition ${record.partition}`;
  if (record.type === OBJECT_TYPES.filemark)
    return record.size || record.storedSize ? 'is a filemark with data' : undefined;
  if (record.flags & ~KNOWN_FLAGS) return `has flags ${record.flags.toString(16)}h`;
  return undefined;
}

/** Whether an encrypted block is as it was stored; what it was before, only its key tells. */
function checkSealed(data: string, record: IndexRecord): string | undefined {
  const stored = new Uint8Array(record.storedSize);
  reading(data, () => {
    const fd = openRegularFile(data, fs.constants.O_RDONLY);
    try {
      fs.readSync(fd, stored, 0, stored.length, Number(record.dataOffset));
    } finally {
      fs.closeSync(fd);
    }
  });
  return crc32c(stored) === record.crc ? undefined : 'does not match its checksum';
}

/** Reads a block; says what is wrong with it. */
async function blockFault(subject: Subject, record: IndexRecord): Promise<string | undefined> {
  const { volume, number, place } = subject;
  if (record.flags & BLOCK_FLAGS.sealed) return checkSealed(place.data, record);
  try {
    await volume.read(number, record.number, new Uint8Array(record.size));
    return undefined;
  } catch (error) {
    if (!(error instanceof MediumError)) throw error;
    return error.message;
  }
}

/** Blocks that are bad, one after the other up to the end of data: what a crash leaves. */
function tornTail(bad: readonly IndexRecord[], end: number): IndexRecord | undefined {
  let first: IndexRecord | undefined;
  let bytes = 0;
  for (const record of [...bad].reverse()) {
    if (record.number !== (first?.number ?? end) - 1) break;
    if (record.flags & ~KNOWN_FLAGS) return undefined;
    bytes += record.storedSize;
    first = record;
  }
  return bytes <= MOST_TORN ? first : undefined;
}

/**
 * Checks a partition.
 * @param blocks whether to read every block
 * @param progress is told how many objects are done, of how many
 * @throws MediumError when a file cannot be read at all
 */
export async function checkPartition(
  subject: Subject,
  blocks: boolean,
  progress: (done: number, total: number) => void,
): Promise<Finding[]> {
  const { number, volume } = subject;
  const end = volume.endOfData(number);
  const found: Finding[] = [];
  const filemarks: number[] = [];
  const bad: IndexRecord[] = [];
  const problems = new Map<number, string>();
  for (const record of believed(subject)) {
    const isBlock = record.type === OBJECT_TYPES.block;
    if (!isBlock) filemarks.push(record.number);
    const wrong = recordFault(record, subject);
    if (wrong) found.push({ partition: number, object: record.number, problem: `it ${wrong}` });
    const fault =
      blocks && isBlock && volume.use !== 'NULL' ? await blockFault(subject, record) : undefined;
    if (fault) {
      bad.push(record);
      problems.set(record.number, fault);
    }
    progress(record.number, end);
  }
  const torn = tornTail(bad, end);
  for (const [object, problem] of problems) {
    const cut = torn && object >= torn.number;
    const remedy = {
      kind: 'cut',
      partition: number,
      objects: torn?.number ?? 0,
      lossy: false,
    } as const;
    found.push({ partition: number, object, problem, ...(cut && { remedy }) });
  }
  const atEnd = checkEnd(subject);
  /* The map may be what tells that objects were lost: it stays until they are given up. */
  const lost = atEnd.some(({ remedy }) => remedy?.kind === 'cut' && remedy.lossy);
  return [...found, ...atEnd, ...(lost ? [] : checkMap(subject, filemarks))];
}
