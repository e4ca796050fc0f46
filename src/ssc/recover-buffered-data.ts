// SPDX-License-Identifier: GPL-2.0-or-later
// RECOVER BUFFERED DATA (SSC-5 7.19): blocks the drive acknowledged and did not write.
import { bit, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, invalidFieldInCdb } from '../sam/reply.js';
import { blockTransfer } from './block-transfer.js';
import { endOfData, mediumFault } from './medium-conditions.js';
import type { TapeDrive } from './tape-drive.js';

export const recoverBufferedData = command<TapeDrive>()({
  name: 'RECOVER BUFFERED DATA',
  ref: 'SSC-5 7.19',
  opcode: 0x14,
  cdb: { SILI: bit(1, 1), FIXED: bit(1, 0), transferLength: u24(2) },
  async execute(drive, { SILI, FIXED, transferLength }) {
    const mounted = drive.assertMounted();
    if (SILI && FIXED) throw invalidFieldInCdb(1, 1);
    const transfer = blockTransfer(drive, FIXED, transferLength, 2);
    try {
      /* What can still be written is written; what cannot has been reported, and the buffer is empty. */
      await mounted.volume.flush();
    } catch (error) {
      return check(mediumFault(drive, error, transfer.residual(0)));
    }
    return check(endOfData(drive, mounted, transfer.residual(0)));
  },
});
