// SPDX-License-Identifier: GPL-2.0-or-later
// REQUEST SENSE (SPC-5 6.39): a waiting unit attention, else a deferred error, else what TEST UNIT READY would say, as data.
import { bit, u8 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, Refusal } from '../sam/reply.js';
import { encodeSense, noSense, type Sense } from '../sam/sense.js';
import type { PrimaryDevice } from './primary.js';

function readiness(unit: PrimaryDevice): Sense {
  try {
    unit.assertReady();
    return noSense;
  } catch (error) {
    if (error instanceof Refusal) return error.sense;
    throw error;
  }
}

export const requestSense = command<PrimaryDevice>()({
  name: 'REQUEST SENSE',
  ref: 'SPC-5 6.39',
  opcode: 0x03,
  passesUnitAttention: true,
  passesReserve: true,
  allowedUnder: 'every reservation',
  passesQueue: true,
  cdb: { DESC: bit(1, 0), allocationLength: u8(4) },
  execute(unit, { DESC }, task) {
    const condition =
      unit.attentions.take(task.nexus) ??
      unit.takeDeferredError(task.nexus) ??
      unit.exceptions.polled() ??
      readiness(unit);
    return good(encodeSense(condition, DESC ? 'descriptor' : 'fixed'));
  },
});
