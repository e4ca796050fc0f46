// SPDX-License-Identifier: GPL-2.0-or-later
// LOAD UNLOAD (SSC-5 7.5).
import { bit } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, invalidFieldInCdb } from '../sam/reply.js';
import { mediumFault } from './medium-conditions.js';
import type { TapeDrive } from './tape-drive.js';

const LOAD = bit(4, 0);

/** Whether a CDB of LOAD UNLOAD asks for a load; for an unload otherwise. */
export const asksForLoad = (cdb: Uint8Array): boolean => LOAD.read(cdb, 0);

export const loadUnload = command<TapeDrive>()({
  name: 'LOAD UNLOAD',
  ref: 'SSC-5 7.5',
  opcode: 0x1b,
  /* RETEN makes no difference to a tape without tension. HOLD: the cartridge is in, the tape is not threaded. */
  cdb: { IMMED: bit(1, 0), HOLD: bit(4, 3), EOT: bit(4, 2), RETEN: bit(4, 1), LOAD },
  async execute(drive, { IMMED, EOT, LOAD, HOLD }) {
    /* Nothing but the beginning of the tape is a place to load or unload at. */
    if (EOT) throw invalidFieldInCdb(4, 2);
    try {
      if (LOAD && HOLD) await drive.mouth.hold();
      else if (LOAD) await drive.mouth.load(IMMED);
      else await drive.mouth.unload(IMMED, HOLD);
    } catch (error) {
      return check(mediumFault(drive, error));
    }
    return good();
  },
});
