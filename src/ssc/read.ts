// SPDX-License-Identifier: GPL-2.0-or-later
// READ(6) and READ(16) (SSC-5 7.9, 7.10).
import { bit, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import type { Reply } from '../sam/reply.js';
import { type BlockInput, blockInput, readNext, transferIn } from './block-input.js';
import { from, positionFields } from './explicit-position.js';
import type { TapeDrive } from './tape-drive.js';

const read = (input: BlockInput): Promise<Reply> =>
  transferIn(input, (into, done) => readNext(input, into, done));

const flags = { SILI: bit(1, 1), FIXED: bit(1, 0) } as const;

export const read6 = command<TapeDrive>()({
  name: 'READ(6)',
  ref: 'SSC-5 7.9',
  opcode: 0x08,
  allowedUnder: 'write exclusive',
  cdb: { ...flags, transferLength: u24(2) },
  execute: (drive, args, task) => read(blockInput(drive, args, 2, task)),
});

export const read16 = command<TapeDrive>()({
  name: 'READ(16)',
  ref: 'SSC-5 7.10',
  opcode: 0x88,
  allowedUnder: 'write exclusive',
  cdb: { ...flags, ...positionFields, transferLength: u24(12) },
  execute: (drive, args, task) => from(drive, args, () => read(blockInput(drive, args, 12, task))),
});
