// SPDX-License-Identifier: GPL-2.0-or-later
// PREVENT ALLOW MEDIUM REMOVAL (SPC-5 6.16). Each I_T nexus prevents and allows for itself.
import { bits } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import type { PrimaryDevice } from './primary.js';

export const preventAllowMediumRemoval = command<PrimaryDevice>()({
  name: 'PREVENT ALLOW MEDIUM REMOVAL',
  ref: 'SPC-5 6.16',
  opcode: 0x1e,
  passesReserve: ({ prevent }) => prevent === 0,
  allowedUnder: ({ prevent }) => (prevent === 0 ? 'every reservation' : 'none'),
  cdb: { prevent: bits(4, 1, 2) },
  execute(unit, { prevent }, task) {
    if (prevent > 1) throw invalidFieldInCdb(4, 1);
    if (prevent) unit.removalPreventedBy.add(task.nexus);
    else unit.removalPreventedBy.delete(task.nexus);
    return good();
  },
});
