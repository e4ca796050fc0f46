// SPDX-License-Identifier: GPL-2.0-or-later
// The TRANSFER LENGTH of READ and WRITE: one block of so many bytes, or so many blocks of the mode's length.
import { invalidFieldInCdb } from '../sam/reply.js';
import type { TapeDrive } from './tape-drive.js';

export interface BlockTransfer {
  /** Blocks asked for: 1 in variable mode, 0 when nothing is to be moved. */
  readonly count: number;
  /** Bytes of each. */
  readonly length: number;
  /** INFORMATION when `done` blocks were dealt with: blocks left in fixed mode, bytes asked in variable mode. */
  residual(done: number): number;
}

/**
 * Reads FIXED (byte 1, bit 0) and TRANSFER LENGTH of a CDB (SSC-5 7.9).
 * @param lengthAt byte in which TRANSFER LENGTH begins
 * @throws the refusal for a block length the drive does not have
 */
export function blockTransfer(
  drive: TapeDrive,
  FIXED: boolean,
  transferLength: number,
  lengthAt: number,
): BlockTransfer {
  const length = FIXED ? drive.blockLength : transferLength;
  if (FIXED && length === 0) throw invalidFieldInCdb(1, 0);
  if (length > drive.product.maximumBlockLength) throw invalidFieldInCdb(lengthAt);
  const count = FIXED ? transferLength : Math.min(transferLength, 1);
  return {
    count,
    length,
    residual: (done) => (FIXED ? count - done : done > 0 ? 0 : transferLength),
  };
}
