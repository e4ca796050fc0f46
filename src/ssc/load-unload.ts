// SPDX-License-Identifier: GPL-2.0-or-later
// LOAD UNLOAD (SSC-5 7.5).
import { bit } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import type { TapeDrive } from './tape-drive.js';

export const loadUnload = command<TapeDrive>()({
  name: 'LOAD UNLOAD',
  ref: 'SSC-5 7.5',
  opcode: 0x1b,
  /* RETEN and HOLD make no difference to a tape that has no tension and no load point. */
  cdb: { IMMED: bit(1, 0), HOLD: bit(4, 3), EOT: bit(4, 2), RETEN: bit(4, 1), LOAD: bit(4, 0) },
  async execute(drive, { EOT, LOAD }) {
    if (LOAD && EOT) throw invalidFieldInCdb(4, 2);
    if (LOAD) await drive.load();
    else await drive.unload();
    return good();
  },
});
