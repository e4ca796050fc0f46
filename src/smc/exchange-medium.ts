// SPDX-License-Identifier: GPL-2.0-or-later
// EXCHANGE MEDIUM (SMC-3; SCSI-2 17.2.1): the cartridge of the first destination makes room for another.
import { bit, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, refuse, reservationConflict } from '../sam/reply.js';
import { Addressed } from './addressing.js';
import type { MediaChanger } from './changer.js';
import { cartridgeIn } from './moves.js';

const fields = {
  mediumTransportElementAddress: u16(2),
  sourceAddress: u16(4),
  firstDestinationAddress: u16(6),
  secondDestinationAddress: u16(8),
  INV1: bit(10, 1),
  INV2: bit(10, 0),
};

export const exchangeMedium = command<MediaChanger>()({
  name: 'EXCHANGE MEDIUM',
  ref: 'SMC-3; SCSI-2 17.2.1',
  opcode: 0xa6,
  cdb: fields,
  async execute(changer, args, { nexus }) {
    changer.assertReady();
    const named = new Addressed(changer.elements, fields, args);
    named.assertUpright('INV1', 'INV2');
    const transport = named.transport('mediumTransportElementAddress');
    const source = named.source('sourceAddress');
    const first = named.holder('firstDestinationAddress');
    const second = named.holder('secondDestinationAddress');
    if (changer.elementReservations.against(nexus, source, first, second))
      return reservationConflict;
    const arriving = cartridgeIn(source);
    const leaving = cartridgeIn(first);
    // The source itself may take the leaving cartridge; it is empty by then.
    if (source === first || (second.cartridge && second !== source))
      throw refuse('ILLEGAL REQUEST', 'MEDIUM DESTINATION ELEMENT FULL');
    await changer.carry(transport, [
      { cartridge: leaving, from: first, to: second },
      { cartridge: arriving, from: source, to: first },
    ]);
    return good();
  },
});
