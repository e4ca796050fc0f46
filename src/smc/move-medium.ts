// SPDX-License-Identifier: GPL-2.0-or-later
// MOVE MEDIUM (SMC-3; SCSI-2 17.2.3).
import { bit, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, reservationConflict } from '../sam/reply.js';
import { Addressed } from './addressing.js';
import type { MediaChanger } from './changer.js';

const fields = {
  mediumTransportElementAddress: u16(2),
  sourceAddress: u16(4),
  destinationAddress: u16(6),
  INVERT: bit(10, 0),
};

export const moveMedium = command<MediaChanger>()({
  name: 'MOVE MEDIUM',
  ref: 'SMC-3; SCSI-2 17.2.3',
  opcode: 0xa5,
  cdb: fields,
  async execute(changer, args, { nexus }) {
    changer.assertReady();
    const named = new Addressed(changer.elements, fields, args);
    named.assertUpright('INVERT');
    const transport = named.transport('mediumTransportElementAddress');
    const from = named.source('sourceAddress');
    const to = named.holder('destinationAddress');
    if (changer.elementReservations.against(nexus, from, to)) return reservationConflict;
    await changer.move(transport, from, to);
    return good();
  },
});
