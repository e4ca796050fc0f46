// SPDX-License-Identifier: GPL-2.0-or-later
// REWIND (SSC-5 7.20).
import { bit } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good } from '../sam/reply.js';
import { mediumFault } from './medium-conditions.js';
import type { TapeDrive } from './tape-drive.js';

export const rewind = command<TapeDrive>()({
  name: 'REWIND',
  ref: 'SSC-5 7.20',
  opcode: 0x01,
  allowedUnder: 'write exclusive',
  cdb: { IMMED: bit(1, 0) },
  async execute(drive, { IMMED }) {
    drive.assertReady();
    try {
      await drive.rewind(IMMED);
    } catch (error) {
      return check(mediumFault(drive, error));
    }
    return good();
  },
});
