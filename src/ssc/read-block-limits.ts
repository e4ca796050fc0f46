// SPDX-License-Identifier: GPL-2.0-or-later
// READ BLOCK LIMITS (SSC-5 7.8).
import { bit, bits, layout, u16, u24, u64 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good } from '../sam/reply.js';
import type { TapeDrive } from './tape-drive.js';

const limits = layout(6, {
  granularity: bits(0, 4, 5),
  maximumBlockLengthLimit: u24(1),
  minimumBlockLengthLimit: u16(4),
});
const maximumObject = layout(20, { maximumLogicalObjectIdentifierLimit: u64(12) });
/** Object numbers have 32 bits on the medium. */
const highestLogicalObject = 0xfffffff0n;

export const readBlockLimits = command<TapeDrive>()({
  name: 'READ BLOCK LIMITS',
  ref: 'SSC-5 7.8',
  opcode: 0x05,
  passesReserve: true,
  allowedUnder: 'every reservation',
  cdb: { MLOI: bit(1, 0) },
  execute: (drive, { MLOI }) =>
    good(
      MLOI
        ? maximumObject.encode({ maximumLogicalObjectIdentifierLimit: highestLogicalObject })
        : limits.encode({
            maximumBlockLengthLimit: drive.product.maximumBlockLength,
            minimumBlockLengthLimit: 1,
          }),
    ),
});
