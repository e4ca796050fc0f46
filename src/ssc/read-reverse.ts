// SPDX-License-Identifier: GPL-2.0-or-later
// READ REVERSE(6) and READ REVERSE(16) (SSC-5 7.14, 7.15): the objects before the position, nearest first.
import { bit, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import type { Reply } from '../sam/reply.js';
import { type BlockInput, blockInput, readNext, type Stop, transferIn } from './block-input.js';
import { from, positionFields } from './explicit-position.js';
import { beginningOfPartition } from './medium-conditions.js';
import type { TapeDrive } from './tape-drive.js';

/** Reads the object before the position into `into` and stands before it. */
async function readPrevious(
  input: BlockInput,
  into: Uint8Array,
  done: number,
): Promise<Stop | undefined> {
  const { mounted, transfer } = input;
  if (mounted.position === 0)
    return { condition: beginningOfPartition(transfer.residual(done)), partialBytes: 0 };
  mounted.position--;
  const position = mounted.position;
  try {
    return await readNext(input, into, done);
  } finally {
    mounted.position = position;
  }
}

function readReverse(input: BlockInput, BYTORD: boolean): Promise<Reply> {
  return transferIn(input, async (into, done) => {
    const stop = await readPrevious(input, into, done);
    const length = stop ? stop.partialBytes : input.transfer.length;
    /* The head meets the last byte first; with BYTORD the drive puts each block right. */
    if (!BYTORD) into.subarray(0, length).reverse();
    return stop;
  });
}

const flags = { BYTORD: bit(1, 2), SILI: bit(1, 1), FIXED: bit(1, 0) } as const;

export const readReverse6 = command<TapeDrive>()({
  name: 'READ REVERSE(6)',
  ref: 'SSC-5 7.14',
  opcode: 0x0f,
  allowedUnder: 'write exclusive',
  cdb: { ...flags, transferLength: u24(2) },
  execute: (drive, args, task) => readReverse(blockInput(drive, args, 2, task), args.BYTORD),
});

export const readReverse16 = command<TapeDrive>()({
  name: 'READ REVERSE(16)',
  ref: 'SSC-5 7.15',
  opcode: 0x81,
  allowedUnder: 'write exclusive',
  cdb: { ...flags, ...positionFields, transferLength: u24(12) },
  execute: (drive, args, task) =>
    from(drive, args, () => readReverse(blockInput(drive, args, 12, task), args.BYTORD)),
});
