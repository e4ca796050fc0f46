// SPDX-License-Identifier: GPL-2.0-or-later
// READ REVERSE(6) and READ REVERSE(16) (SSC-5 7.14, 7.15): the objects before the position, nearest first.
import { bit, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, invalidFieldInCdb, type Reply } from '../sam/reply.js';
import type { Nexus } from '../sam/task.js';
import { type ReadOptions, readObject, type Stop, step } from './block-input.js';
import { type BlockTransfer, blockTransfer } from './block-transfer.js';
import { from, positionFields } from './explicit-position.js';
import { beginningOfPartition, mediumFault } from './medium-conditions.js';
import { currentProtection } from './mode-pages/control-data-protection.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/** Reads the object before the position into `into` and stands before it. */
async function stepBack(
  drive: TapeDrive,
  mounted: Mounted,
  into: Uint8Array,
  transfer: BlockTransfer,
  done: number,
  options: ReadOptions,
  nexus: Nexus,
): Promise<Stop | undefined> {
  if (mounted.position === 0)
    return { condition: beginningOfPartition(transfer.residual(done)), partialBytes: 0 };
  mounted.position--;
  const position = mounted.position;
  try {
    const protection = currentProtection(drive, 'LBP_R');
    const outcome = await readObject(drive, mounted, into, protection, nexus);
    return step(drive, mounted, outcome, transfer, done, options);
  } catch (error) {
    return { condition: mediumFault(drive, error, transfer.residual(done)), partialBytes: 0 };
  } finally {
    mounted.position = position;
  }
}

async function transferIn(
  drive: TapeDrive,
  mounted: Mounted,
  transfer: BlockTransfer,
  options: ReadOptions & { readonly BYTORD: boolean },
  nexus: Nexus,
): Promise<Reply> {
  const buffer = drive.readBuffer(transfer.count * transfer.length);
  let bytes = 0;
  let stop: Stop | undefined;
  for (let done = 0; done < transfer.count && !stop; done++) {
    const into = buffer.subarray(bytes, bytes + transfer.length);
    stop = await stepBack(drive, mounted, into, transfer, done, options, nexus);
    const length = stop ? stop.partialBytes : transfer.length;
    /* The head meets the last byte first; with BYTORD the drive puts each block right. */
    if (!options.BYTORD) into.subarray(0, length).reverse();
    bytes += length;
  }
  drive.count('bytesToHost', bytes);
  await drive.mechanics.transfer(bytes);
  const dataIn = buffer.subarray(0, bytes);
  return stop?.condition ? check(stop.condition, { dataIn }) : good(dataIn);
}

interface Arguments {
  readonly BYTORD: boolean;
  readonly SILI: boolean;
  readonly FIXED: boolean;
  readonly transferLength: number;
}

function readReverse(
  drive: TapeDrive,
  { BYTORD, SILI, FIXED, transferLength }: Arguments,
  lengthAt: number,
  nexus: Nexus,
): Promise<Reply> {
  const mounted = drive.assertMounted();
  if (SILI && FIXED) throw invalidFieldInCdb(1, 1);
  const transfer = blockTransfer(drive, FIXED, transferLength, lengthAt);
  const options = { BYTORD, FIXED, SILI, variableOnly: drive.blockLength === 0 };
  return transferIn(drive, mounted, transfer, options, nexus);
}

const flags = { BYTORD: bit(1, 2), SILI: bit(1, 1), FIXED: bit(1, 0) } as const;

export const readReverse6 = command<TapeDrive>()({
  name: 'READ REVERSE(6)',
  ref: 'SSC-5 7.14',
  opcode: 0x0f,
  allowedUnder: 'write exclusive',
  cdb: { ...flags, transferLength: u24(2) },
  execute: (drive, args, { nexus }) => readReverse(drive, args, 2, nexus),
});

export const readReverse16 = command<TapeDrive>()({
  name: 'READ REVERSE(16)',
  ref: 'SSC-5 7.15',
  opcode: 0x81,
  allowedUnder: 'write exclusive',
  cdb: { ...flags, ...positionFields, transferLength: u24(12) },
  execute: (drive, args, { nexus }) => from(drive, args, () => readReverse(drive, args, 12, nexus)),
});
