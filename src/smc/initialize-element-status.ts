// SPDX-License-Identifier: GPL-2.0-or-later
// INITIALIZE ELEMENT STATUS, of all elements or of a range (SMC-3): the library looks at its cartridges anew.
import { bit, u16, type Values } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, type Reply, reservationConflict } from '../sam/reply.js';
import type { Task } from '../sam/task.js';
import { Addressed } from './addressing.js';
import type { MediaChanger } from './changer.js';

export const initializeElementStatus = command<MediaChanger>()({
  name: 'INITIALIZE ELEMENT STATUS',
  ref: 'SMC-3; SCSI-2 17.2.2',
  opcode: 0x07,
  cdb: {},
  execute(changer, _args, { nexus }) {
    changer.assertReady();
    if (changer.elementReservations.anyAgainst(nexus)) return reservationConflict;
    changer.initialize();
    return good();
  },
});

const rangeFields = {
  FAST: bit(1, 1),
  RANGE: bit(1, 0),
  startingElementAddress: u16(2),
  numberOfElements: u16(6),
};

/** Looking costs nothing here: a range is checked, and then everything is looked at. */
function initializeRange(
  changer: MediaChanger,
  args: Values<typeof rangeFields>,
  { nexus }: Task,
): Reply {
  changer.assertReady();
  if (changer.elementReservations.anyAgainst(nexus)) return reservationConflict;
  if (args.RANGE)
    new Addressed(changer.elements, rangeFields, args).element('startingElementAddress');
  changer.initialize();
  return good();
}

const range = {
  name: 'INITIALIZE ELEMENT STATUS WITH RANGE',
  ref: 'SMC-3, INITIALIZE ELEMENT STATUS WITH RANGE',
  cdb: rangeFields,
  execute: initializeRange,
};

export const initializeElementStatusWithRange = command<MediaChanger>()({ ...range, opcode: 0x37 });

/** The vendor-specific operation code libraries had for it before SMC gave it one; old software sends it. */
export const initializeElementStatusWithRangeE7 = command<MediaChanger>()({
  ...range,
  opcode: 0xe7,
  size: 10,
});
