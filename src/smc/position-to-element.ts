// SPDX-License-Identifier: GPL-2.0-or-later
// POSITION TO ELEMENT (SMC-3; SCSI-2 17.2.4). The picker is everywhere at once: the addresses are all there is.
import { bit, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb, refuse } from '../sam/reply.js';
import { elementAt, transportAt } from './addressing.js';
import type { MediaChanger } from './changer.js';

const fields = {
  mediumTransportElementAddress: u16(2),
  destinationElementAddress: u16(4),
  INVERT: bit(8, 0),
};

export const positionToElement = command<MediaChanger>()({
  name: 'POSITION TO ELEMENT',
  ref: 'SMC-3; SCSI-2 17.2.4',
  opcode: 0x2b,
  cdb: fields,
  execute(changer, args) {
    const { elements } = changer;
    changer.assertReady();
    if (args.INVERT) throw invalidFieldInCdb(fields.INVERT.at, 0);
    const { jammed } = transportAt(
      elements,
      args.mediumTransportElementAddress,
      fields.mediumTransportElementAddress.at,
    );
    elementAt(elements, args.destinationElementAddress, fields.destinationElementAddress.at);
    if (jammed) throw refuse('HARDWARE ERROR', 'MECHANICAL POSITIONING ERROR');
    return good();
  },
});
