// SPDX-License-Identifier: GPL-2.0-or-later
// ALLOW OVERWRITE (SSC-5 7.1): an exception from append-only mode.
import { bits, u8, u64 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb, refuse } from '../sam/reply.js';
import type { TapeDrive } from './tape-drive.js';

/** ALLOW OVERWRITE field values (SSC-5 table 26). */
const permissions = { none: 0, 'current position': 1, format: 2 } as const;

export const allowOverwrite = command<TapeDrive>()({
  name: 'ALLOW OVERWRITE',
  ref: 'SSC-5 7.1',
  opcode: 0x82,
  cdb: { ALLOW_OVERWRITE: bits(2, 3, 4), partition: u8(3), logicalObjectIdentifier: u64(4) },
  execute(drive, { ALLOW_OVERWRITE, partition, logicalObjectIdentifier }) {
    const mounted = drive.assertMounted();
    drive.overwriteAllowed = 'none';
    switch (ALLOW_OVERWRITE) {
      case permissions.none:
        break;
      case permissions['current position']: {
        const position = Number(logicalObjectIdentifier);
        if (partition !== mounted.partition || position !== mounted.position)
          throw refuse('ILLEGAL REQUEST', 'SEQUENTIAL POSITIONING ERROR');
        drive.overwriteAllowed = { partition, position };
        break;
      }
      case permissions.format:
        drive.overwriteAllowed = 'format';
        break;
      default:
        throw invalidFieldInCdb(2, 3);
    }
    return good();
  },
});
