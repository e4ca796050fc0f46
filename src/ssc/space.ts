// SPDX-License-Identifier: GPL-2.0-or-later
// SPACE(6) and SPACE(16) (SSC-5 7.22, 7.23).
import { bits, i24, i64, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, invalidFieldInCdb, type Reply } from '../sam/reply.js';
import {
  beginningOfPartition,
  endOfData,
  filemarkDetected,
  mediumFault,
} from './medium-conditions.js';
import { moving } from './moving.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/** CODE field values (SSC-5 table 66). */
const codes = {
  'logical blocks': 0,
  filemarks: 1,
  'sequential filemarks': 2,
  'end-of-data': 3,
} as const;

function blocksForward(drive: TapeDrive, mounted: Mounted, count: number): Reply {
  const { volume, partition, position } = mounted;
  const end = volume.endOfData(partition);
  const mark = volume.filemarksForward(partition, position, 1).at;
  const target = position + count;
  if (mark !== undefined && mark < target) {
    mounted.position = mark + 1;
    return check(filemarkDetected(target - mark));
  }
  mounted.position = Math.min(target, end);
  return target > end ? check(endOfData(drive, mounted, target - end)) : good();
}

function blocksBackward(mounted: Mounted, count: number): Reply {
  const { volume, partition, position } = mounted;
  const mark = volume.filemarksBackward(partition, position, 1).at;
  const target = position - count;
  if (mark !== undefined && mark >= target) {
    mounted.position = mark;
    return check(filemarkDetected(mark + 1 - target));
  }
  mounted.position = Math.max(target, 0);
  return target < 0 ? check(beginningOfPartition(-target)) : good();
}

function filemarksForward(drive: TapeDrive, mounted: Mounted, count: number): Reply {
  const { volume, partition, position } = mounted;
  const { found, at } = volume.filemarksForward(partition, position, count);
  if (found < count) {
    mounted.position = volume.endOfData(partition);
    return check(endOfData(drive, mounted, count - found));
  }
  mounted.position = at! + 1;
  return good();
}

function filemarksBackward(mounted: Mounted, count: number): Reply {
  const { volume, partition, position } = mounted;
  const { found, at } = volume.filemarksBackward(partition, position, count);
  mounted.position = found < count ? 0 : at!;
  return found < count ? check(beginningOfPartition(count - found)) : good();
}

/** How many filemarks lie one after the other from `at` on in a direction; looks for no more than `most`. */
function runLength({ volume, partition }: Mounted, at: number, most: number, way: 1 | -1): number {
  const end = volume.endOfData(partition);
  let length = 0;
  for (let next = at; length < most && next >= 0 && next < end; next += way) {
    if (volume.kindAt(partition, next) !== 'filemark') break;
    length++;
  }
  return length;
}

/* How many runs were passed by says nothing: INFORMATION is not valid in either direction (SSC-5 7.22). */
function sequentialForward(drive: TapeDrive, mounted: Mounted, count: number): Reply {
  const { volume, partition } = mounted;
  const next = (from: number) => volume.filemarksForward(partition, from, 1).at;
  for (let at = next(mounted.position); at !== undefined; ) {
    const length = runLength(mounted, at, count, 1);
    if (length === count) {
      mounted.position = at + count;
      return good();
    }
    /* No mark of a run that is too short begins a longer one. */
    at = next(at + length);
  }
  mounted.position = volume.endOfData(partition);
  return check(endOfData(drive, mounted));
}

function sequentialBackward(mounted: Mounted, count: number): Reply {
  const { volume, partition } = mounted;
  const before = (from: number) => volume.filemarksBackward(partition, from, 1).at;
  for (let at = before(mounted.position); at !== undefined; ) {
    const length = runLength(mounted, at, count, -1);
    if (length === count) {
      mounted.position = at + 1 - count;
      return good();
    }
    at = before(at + 1 - length);
  }
  mounted.position = 0;
  return check(beginningOfPartition());
}

/** Ends in a condition only if what stands there is no end of data. */
function toEndOfData(drive: TapeDrive, mounted: Mounted): Reply {
  mounted.position = mounted.volume.endOfData(mounted.partition);
  const found = endOfData(drive, mounted);
  return found.key === 'BLANK CHECK' ? good() : check(found);
}

/** Where the position goes; what CODE it is has been checked. */
function go(drive: TapeDrive, mounted: Mounted, code: number, count: number): Reply {
  switch (code) {
    case codes['end-of-data']:
      return toEndOfData(drive, mounted);
    case codes['logical blocks']:
      if (count === 0) return good();
      return count > 0 ? blocksForward(drive, mounted, count) : blocksBackward(mounted, -count);
    case codes.filemarks:
      if (count === 0) return good();
      return count > 0
        ? filemarksForward(drive, mounted, count)
        : filemarksBackward(mounted, -count);
    default:
      if (count === 0) return good();
      return count > 0
        ? sequentialForward(drive, mounted, count)
        : sequentialBackward(mounted, -count);
  }
}

async function space(drive: TapeDrive, code: number, count: number): Promise<Reply> {
  const mounted = drive.assertMounted();
  const offered =
    Object.values<number>(codes).includes(code) &&
    (code !== codes['sequential filemarks'] || drive.product.spacesSequentialFilemarks);
  if (!offered) throw invalidFieldInCdb(1, 3);
  try {
    await mounted.volume.flush();
  } catch (error) {
    return check(mediumFault(drive, error));
  }
  drive.count('spaces');
  return moving(drive, mounted, false, () => go(drive, mounted, code, count));
}

export const space6 = command<TapeDrive>()({
  name: 'SPACE(6)',
  ref: 'SSC-5 7.22',
  opcode: 0x11,
  allowedUnder: 'write exclusive',
  cdb: { code: bits(1, 3, 4), count: i24(2) },
  execute: (drive, { code, count }) => space(drive, code, count),
});

export const space16 = command<TapeDrive>()({
  name: 'SPACE(16)',
  ref: 'SSC-5 7.23',
  opcode: 0x91,
  allowedUnder: 'write exclusive',
  cdb: { code: bits(1, 3, 4), count: i64(4), parameterLength: u16(12) },
  execute(drive, { code, count, parameterLength }) {
    if (parameterLength !== 0) throw invalidFieldInCdb(12);
    return space(drive, code, Number(count));
  },
});
