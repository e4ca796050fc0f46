// SPDX-License-Identifier: GPL-2.0-or-later
// MOVE MEDIUM (SMC-3; SCSI-2 17.2.3).
import { bit, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import { holderAt, sourceAt, transportAt } from './addressing.js';
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
    const { elements } = changer;
    changer.assertReady();
    if (args.INVERT) throw invalidFieldInCdb(fields.INVERT.at, 0);
    const transport = transportAt(
      elements,
      args.mediumTransportElementAddress,
      fields.mediumTransportElementAddress.at,
    );
    const from = sourceAt(elements, args.sourceAddress, fields.sourceAddress.at);
    const to = holderAt(elements, args.destinationAddress, fields.destinationAddress.at);
    await changer.move(transport, from, to);
    return good();
  },
});
