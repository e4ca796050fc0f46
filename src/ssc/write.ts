// SPDX-License-Identifier: GPL-2.0-or-later
// WRITE(6) (SSC-5 7.26).
import { bit, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, invalidFieldInCdb, type Reply } from '../sam/reply.js';
import { type BlockTransfer, blockTransfer } from './block-transfer.js';
import { earlyWarning, endOfPartition, isWithin, mediumFault } from './medium-conditions.js';
import type { Mounted, TapeDrive } from './tape-drive.js';
import { assertWritable } from './write-permission.js';

/** GOOD, or the news that early warning has been passed although everything was written. */
export async function written({ product }: TapeDrive, mounted: Mounted): Promise<Reply> {
  const warned = product.earlyWarning > 0 && (await isWithin(mounted, product.earlyWarning));
  return warned ? check(earlyWarning(0)) : good();
}

async function write(
  drive: TapeDrive,
  mounted: Mounted,
  transfer: BlockTransfer,
  dataOut: Uint8Array,
): Promise<Reply> {
  for (let done = 0; done < transfer.count; done++) {
    const at = done * transfer.length;
    const stopped = { dataOutUsed: at };
    if (await isWithin(mounted, 0)) return check(endOfPartition(transfer.residual(done)), stopped);
    try {
      await mounted.volume.noteModification();
      drive.mediumBytes.writes(mounted.volume, mounted.partition, mounted.position);
      const block = dataOut.subarray(at, at + transfer.length);
      await mounted.volume.write(mounted.partition, mounted.position, block);
    } catch (error) {
      return check(mediumFault(drive, error, transfer.residual(done)), stopped);
    }
    mounted.position++;
    drive.statistics.count('blocksWritten');
    drive.statistics.count('bytesFromHost', transfer.length);
  }
  return transfer.count === 0 ? good() : written(drive, mounted);
}

export const write6 = command<TapeDrive>()({
  name: 'WRITE(6)',
  ref: 'SSC-5 7.26',
  opcode: 0x0a,
  cdb: { FIXED: bit(1, 0), transferLength: u24(2) },
  execute(drive, { FIXED, transferLength }, task) {
    const mounted = assertWritable(drive);
    const transfer = blockTransfer(drive, FIXED, transferLength);
    /* The initiator promised more than it sent: nothing is written rather than a short block. */
    if (task.dataOut.length < transfer.count * transfer.length) throw invalidFieldInCdb(2);
    return write(drive, mounted, transfer, task.dataOut);
  },
});
