// SPDX-License-Identifier: GPL-2.0-or-later
// OPEN/CLOSE IMPORT/EXPORT ELEMENT (SMC-3): all import/export elements are behind one door.
import { bits, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import { invalidElementAddress } from './addressing.js';
import type { MediaChanger } from './changer.js';

const fields = { elementAddress: u16(2), actionCode: bits(4, 4, 5) };

/** ACTION CODE. */
const actions = { open: 0, close: 1 } as const;

export const openCloseImportExportElement = command<MediaChanger>()({
  name: 'OPEN/CLOSE IMPORT/EXPORT ELEMENT',
  ref: 'SMC-3, OPEN/CLOSE IMPORT/EXPORT ELEMENT',
  opcode: 0x1b,
  cdb: fields,
  execute(changer, { elementAddress, actionCode }, { nexus }) {
    changer.assertReady();
    if (changer.elements.at(elementAddress)?.type !== 'import/export')
      throw invalidElementAddress(fields.elementAddress.at);
    if (actionCode > actions.close) throw invalidFieldInCdb(fields.actionCode.at, 4);
    changer.openImportExport(actionCode === actions.open, nexus);
    return good();
  },
});
