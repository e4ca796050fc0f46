// SPDX-License-Identifier: GPL-2.0-or-later
// WRITE FILEMARKS(6) and (16) (SSC-5 7.28, 7.29). Without IMMED all that was written is on stable storage at its end.
import { bit, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, type Reply } from '../sam/reply.js';
import { written, zoneOf } from './block-output.js';
import { from, positionFields } from './explicit-position.js';
import { endOfPartition, isWithin, mediumFault } from './medium-conditions.js';
import type { Mounted, TapeDrive } from './tape-drive.js';
import { assertWritable } from './write-permission.js';

async function append(
  drive: TapeDrive,
  mounted: Mounted,
  count: number,
  IMMED: boolean,
): Promise<Reply> {
  const { volume, partition, position } = mounted;
  const before = zoneOf(drive, mounted);
  try {
    if (count > 0) {
      if (await isWithin(mounted, 0)) return check(endOfPartition(count));
      await volume.noteModification();
      await volume.writeFilemarks(partition, position, count);
      mounted.position += count;
      drive.count('filemarksWritten', count);
    }
    if (!IMMED) await volume.flush();
    return count > 0 ? await written(drive, mounted, before) : good();
  } catch (error) {
    const notWritten = count - (mounted.position - position);
    return check(mediumFault(drive, error, notWritten));
  }
}

interface Arguments {
  readonly IMMED: boolean;
  readonly filemarkCount: number;
}

function writeFilemarks(drive: TapeDrive, { IMMED, filemarkCount }: Arguments): Promise<Reply> {
  /* A count of zero writes nothing, so a write-protected cartridge takes it (SSC-5 7.28). */
  const mounted = filemarkCount > 0 ? assertWritable(drive) : drive.assertMounted();
  return append(drive, mounted, filemarkCount, IMMED);
}

export const writeFilemarks6 = command<TapeDrive>()({
  name: 'WRITE FILEMARKS(6)',
  ref: 'SSC-5 7.28',
  opcode: 0x10,
  cdb: { IMMED: bit(1, 0), filemarkCount: u24(2) },
  execute: writeFilemarks,
});

export const writeFilemarks16 = command<TapeDrive>()({
  name: 'WRITE FILEMARKS(16)',
  ref: 'SSC-5 7.29',
  opcode: 0x80,
  cdb: {
    LCS: bit(1, 3),
    FCS: bit(1, 2),
    IMMED: bit(1, 0),
    ...positionFields,
    filemarkCount: u24(12),
  },
  execute: (drive, args) => from(drive, args, () => writeFilemarks(drive, args)),
});
