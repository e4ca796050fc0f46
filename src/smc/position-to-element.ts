// SPDX-License-Identifier: GPL-2.0-or-later
// POSITION TO ELEMENT (SMC-3; SCSI-2 17.2.4). The picker is everywhere at once: the addresses are all there is.
import { bit, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, refuse } from '../sam/reply.js';
import { Addressed } from './addressing.js';
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
    changer.assertReady();
    const named = new Addressed(changer.elements, fields, args);
    named.assertUpright('INVERT');
    const { jammed } = named.transport('mediumTransportElementAddress');
    named.element('destinationElementAddress');
    if (jammed) throw refuse('HARDWARE ERROR', 'MECHANICAL POSITIONING ERROR');
    return good();
  },
});
