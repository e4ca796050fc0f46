// SPDX-License-Identifier: GPL-2.0-or-later
// LOCATE(10) and LOCATE(16) (SSC-5 7.6, 7.7).
import { bit, bits, u8, u32, u64 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, invalidFieldInCdb, type Reply } from '../sam/reply.js';
import { endOfData, mediumFault } from './medium-conditions.js';
import { moving } from './moving.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/** DEST_TYPE field values (SSC-5 table 38). */
const destinations = { 'logical object': 0, 'logical file': 1, 'end-of-data': 3 } as const;

/** Moves within the partition; past the last object the drive stops at end of data, without INFORMATION. */
function moveTo(drive: TapeDrive, mounted: Mounted, position: number): Reply {
  const end = mounted.volume.endOfData(mounted.partition);
  mounted.position = Math.min(position, end);
  return position > end ? check(endOfData(drive, mounted)) : good();
}

/** File n begins after the n-th filemark (SSC-5 3.1, logical file identifier). */
function moveToFile(drive: TapeDrive, mounted: Mounted, file: number): Reply {
  if (file === 0) return moveTo(drive, mounted, 0);
  const { found, at } = mounted.volume.filemarksForward(mounted.partition, 0, file);
  return moveTo(drive, mounted, found < file ? Number.POSITIVE_INFINITY : at! + 1);
}

/** The partition to change to, and the byte of the CDB that names it. */
interface Change {
  readonly partition: number;
  readonly at: number;
}

async function locate(
  drive: TapeDrive,
  changeTo: Change | undefined,
  IMMED: boolean,
  move: (mounted: Mounted) => Reply,
): Promise<Reply> {
  const mounted = drive.assertMounted();
  if (changeTo && changeTo.partition >= mounted.volume.partitionCount)
    throw invalidFieldInCdb(changeTo.at);
  try {
    await mounted.volume.flush();
  } catch (error) {
    return check(mediumFault(drive, error));
  }
  drive.count('locates');
  return moving(drive, mounted, IMMED, () => {
    if (changeTo) mounted.partition = changeTo.partition;
    return move(mounted);
  });
}

/** Goes to an object of a partition: what LOCATE does, for commands that say where they begin. */
export const goTo = (drive: TapeDrive, changeTo: Change, position: number): Promise<Reply> =>
  locate(drive, changeTo, false, (mounted) => moveTo(drive, mounted, position));

export const locate10 = command<TapeDrive>()({
  name: 'LOCATE(10)',
  ref: 'SSC-5 7.6',
  opcode: 0x2b,
  allowedUnder: 'write exclusive',
  cdb: {
    BT: bit(1, 2),
    CP: bit(1, 1),
    IMMED: bit(1, 0),
    logicalObjectIdentifier: u32(3),
    partition: u8(8),
  },
  /* BT asks for a vendor-specific address: here, as in most products, it is the logical object identifier. */
  execute: (drive, { CP, IMMED, logicalObjectIdentifier, partition }) =>
    locate(drive, CP ? { partition, at: 8 } : undefined, IMMED, (mounted) =>
      moveTo(drive, mounted, logicalObjectIdentifier),
    ),
});

export const locate16 = command<TapeDrive>()({
  name: 'LOCATE(16)',
  ref: 'SSC-5 7.7',
  opcode: 0x92,
  allowedUnder: 'write exclusive',
  cdb: {
    DEST_TYPE: bits(1, 5, 3),
    CP: bit(1, 1),
    IMMED: bit(1, 0),
    BAM: bit(2, 0),
    partition: u8(3),
    logicalIdentifier: u64(4),
  },
  execute(drive, { DEST_TYPE, CP, IMMED, BAM, partition, logicalIdentifier }) {
    if (BAM) throw invalidFieldInCdb(2, 0);
    const changeTo = CP ? { partition, at: 3 } : undefined;
    const identifier = Number(logicalIdentifier);
    switch (DEST_TYPE) {
      case destinations['logical object']:
        return locate(drive, changeTo, IMMED, (mounted) => moveTo(drive, mounted, identifier));
      case destinations['logical file']:
        return locate(drive, changeTo, IMMED, (mounted) => moveToFile(drive, mounted, identifier));
      case destinations['end-of-data']:
        return locate(drive, changeTo, IMMED, (mounted) =>
          moveTo(drive, mounted, mounted.volume.endOfData(mounted.partition)),
        );
      default:
        throw invalidFieldInCdb(1, 5);
    }
  },
});
