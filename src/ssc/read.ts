// SPDX-License-Identifier: GPL-2.0-or-later
// READ(6) and READ(16) (SSC-5 7.9, 7.10).
import { bit, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, invalidFieldInCdb, type Reply } from '../sam/reply.js';
import type { Nexus } from '../sam/task.js';
import { type ReadOptions, readObject, type Stop, step } from './block-input.js';
import { type BlockTransfer, blockTransfer } from './block-transfer.js';
import { from, positionFields } from './explicit-position.js';
import { mediumFault } from './medium-conditions.js';
import { currentProtection } from './mode-pages/control-data-protection.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/** Reads until `transfer` is satisfied or something stops it. */
async function transferIn(
  drive: TapeDrive,
  mounted: Mounted,
  transfer: BlockTransfer,
  options: ReadOptions,
  nexus: Nexus,
): Promise<Reply> {
  const buffer = drive.readBuffer(transfer.count * transfer.length);
  const protection = currentProtection(drive, 'LBP_R');
  let bytes = 0;
  let stop: Stop | undefined;
  for (let done = 0; done < transfer.count && !stop; done++) {
    try {
      const into = buffer.subarray(bytes, bytes + transfer.length);
      const outcome = await readObject(drive, mounted, into, protection, nexus);
      stop = step(drive, mounted, outcome, transfer, done, options);
    } catch (error) {
      stop = { condition: mediumFault(drive, error, transfer.residual(done)), partialBytes: 0 };
    }
    bytes += stop ? stop.partialBytes : transfer.length;
  }
  drive.count('bytesToHost', bytes);
  await drive.mechanics.transfer(bytes);
  const dataIn = buffer.subarray(0, bytes);
  return stop?.condition ? check(stop.condition, { dataIn }) : good(dataIn);
}

interface Arguments {
  readonly SILI: boolean;
  readonly FIXED: boolean;
  readonly transferLength: number;
}

/** @param lengthAt byte of the CDB in which TRANSFER LENGTH begins */
function read(
  drive: TapeDrive,
  { SILI, FIXED, transferLength }: Arguments,
  lengthAt: number,
  nexus: Nexus,
): Promise<Reply> {
  const mounted = drive.assertMounted();
  if (SILI && FIXED) throw invalidFieldInCdb(1, 1);
  const transfer = blockTransfer(drive, FIXED, transferLength, lengthAt);
  const options = { FIXED, SILI, variableOnly: drive.blockLength === 0 };
  return transferIn(drive, mounted, transfer, options, nexus);
}

const flags = { SILI: bit(1, 1), FIXED: bit(1, 0) } as const;

export const read6 = command<TapeDrive>()({
  name: 'READ(6)',
  ref: 'SSC-5 7.9',
  opcode: 0x08,
  allowedUnder: 'write exclusive',
  cdb: { ...flags, transferLength: u24(2) },
  execute: (drive, args, { nexus }) => read(drive, args, 2, nexus),
});

export const read16 = command<TapeDrive>()({
  name: 'READ(16)',
  ref: 'SSC-5 7.10',
  opcode: 0x88,
  allowedUnder: 'write exclusive',
  cdb: { ...flags, ...positionFields, transferLength: u24(12) },
  execute: (drive, args, { nexus }) => from(drive, args, () => read(drive, args, 12, nexus)),
});
