// SPDX-License-Identifier: GPL-2.0-or-later
// MOVE MEDIUM (SMC-3; SCSI-2 17.2.3).
import { bit, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good } from '../sam/reply.js';
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
  async execute(changer, args) {
    changer.assertReady();
    const named = new Addressed(changer.elements, fields, args);
    named.assertUpright('INVERT');
    await changer.move(
      named.transport('mediumTransportElementAddress'),
      named.source('sourceAddress'),
      named.holder('destinationAddress'),
    );
    return good();
  },
});
