// SPDX-License-Identifier: GPL-2.0-or-later
// WRITE FILEMARKS(6) (SSC-5 7.27). Without IMMED everything written so far is on stable storage when it ends.
import { bit, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, type Reply } from '../sam/reply.js';
import { endOfPartition, isWithin, mediumFault } from './medium-conditions.js';
import type { Mounted, TapeDrive } from './tape-drive.js';
import { written } from './write.js';
import { assertWritable } from './write-permission.js';

async function writeFilemarks(
  drive: TapeDrive,
  mounted: Mounted,
  count: number,
  IMMED: boolean,
): Promise<Reply> {
  const { volume, partition, position } = mounted;
  if (count > 0 && (await isWithin(mounted, 0))) return check(endOfPartition(count));
  try {
    if (count > 0) {
      await volume.noteModification();
      await volume.writeFilemarks(partition, position, count);
      mounted.position += count;
      drive.statistics.count('filemarksWritten', count);
    }
    if (!IMMED) await volume.flush();
  } catch (error) {
    const notWritten = count - (mounted.position - position);
    return check(mediumFault(drive, error, notWritten));
  }
  return count > 0 ? written(drive, mounted) : good();
}

export const writeFilemarks6 = command<TapeDrive>()({
  name: 'WRITE FILEMARKS(6)',
  ref: 'SSC-5 7.27',
  opcode: 0x10,
  cdb: { IMMED: bit(1, 0), filemarkCount: u24(2) },
  execute(drive, { IMMED, filemarkCount }) {
    /* A count of zero writes nothing, so a write-protected cartridge takes it (SSC-5 7.27). */
    const mounted = filemarkCount > 0 ? assertWritable(drive) : drive.assertMounted();
    return writeFilemarks(drive, mounted, filemarkCount, IMMED);
  },
});
