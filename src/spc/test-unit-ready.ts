// SPDX-License-Identifier: GPL-2.0-or-later
// TEST UNIT READY (SPC-5 6.47).
import { command } from '../sam/command.js';
import { good } from '../sam/reply.js';
import type { PrimaryDevice } from './primary.js';

export const testUnitReady = command<PrimaryDevice>()({
  name: 'TEST UNIT READY',
  ref: 'SPC-5 6.47',
  opcode: 0x00,
  allowedUnder: 'every reservation',
  cdb: {},
  execute(unit) {
    unit.assertReady();
    return good();
  },
});
