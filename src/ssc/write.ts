// SPDX-License-Identifier: GPL-2.0-or-later
// WRITE(6) and WRITE(16) (SSC-5 7.26, 7.27).
import { bit, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, invalidFieldInCdb, type Reply } from '../sam/reply.js';
import type { AcceptedTask } from '../sam/task-set.js';
import { withoutGuard, writeObject, written, zoneOf } from './block-output.js';
import { type BlockTransfer, blockTransfer } from './block-transfer.js';
import { from, positionFields } from './explicit-position.js';
import { endOfPartition, isWithin, mediumFault } from './medium-conditions.js';
import { currentProtection } from './mode-pages/control-data-protection.js';
import type { Mounted, TapeDrive } from './tape-drive.js';
import { assertWritable } from './write-permission.js';

async function transferOut(
  drive: TapeDrive,
  mounted: Mounted,
  transfer: BlockTransfer,
  { dataOut, nexus }: AcceptedTask,
): Promise<Reply> {
  const before = zoneOf(drive, mounted);
  const protection = currentProtection(drive, 'LBP_W');
  let done = 0;
  const stopped = () => ({ dataOutUsed: done * transfer.length });
  try {
    for (; done < transfer.count; done++) {
      const at = done * transfer.length;
      if (await isWithin(mounted, 0))
        return check(endOfPartition(transfer.residual(done)), stopped());
      const sent = dataOut.subarray(at, at + transfer.length);
      await writeObject(drive, mounted, withoutGuard(drive, sent, protection), nexus);
      drive.count('bytesFromHost', transfer.length);
    }
    if (drive.bufferedMode === 0) await mounted.volume.flush();
    await drive.mechanics.transfer('write', done * transfer.length);
    return done === 0 ? good() : await written(drive, mounted, before);
  } catch (error) {
    return check(mediumFault(drive, error, transfer.residual(done)), stopped());
  }
}

/** @param lengthAt byte of the CDB in which TRANSFER LENGTH begins */
function write(
  drive: TapeDrive,
  { FIXED, transferLength }: { readonly FIXED: boolean; readonly transferLength: number },
  lengthAt: number,
  task: AcceptedTask,
): Promise<Reply> {
  const mounted = assertWritable(drive);
  const transfer = blockTransfer(drive, FIXED, transferLength, lengthAt);
  /* The initiator promised more than it sent: nothing is written rather than a short block. */
  if (task.dataOut.length < transfer.count * transfer.length) throw invalidFieldInCdb(lengthAt);
  return transferOut(drive, mounted, transfer, task);
}

export const write6 = command<TapeDrive>()({
  name: 'WRITE(6)',
  ref: 'SSC-5 7.26',
  opcode: 0x0a,
  cdb: { FIXED: bit(1, 0), transferLength: u24(2) },
  execute: (drive, args, task) => write(drive, args, 2, task),
});

/* FCS and LCS, first and last command in sequence, help drives that reorder; this one keeps the order. */
export const write16 = command<TapeDrive>()({
  name: 'WRITE(16)',
  ref: 'SSC-5 7.27',
  opcode: 0x8a,
  cdb: {
    LCS: bit(1, 3),
    FCS: bit(1, 2),
    FIXED: bit(1, 0),
    ...positionFields,
    transferLength: u24(12),
  },
  execute: (drive, args, task) => from(drive, args, () => write(drive, args, 12, task)),
});
