// SPDX-License-Identifier: GPL-2.0-or-later
// LOG SENSE (SPC-5 6.9).
import { bit, bits, u8, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import { logPageControls } from './log-page.js';
import { noSuchPage } from './no-such-page.js';
import type { PrimaryDevice } from './primary.js';

export const logSense = command<PrimaryDevice>()({
  name: 'LOG SENSE',
  ref: 'SPC-5 6.9',
  opcode: 0x4d,
  passesReserve: true,
  allowedUnder: 'every reservation',
  cdb: {
    SP: bit(1, 0),
    PC: bits(2, 7, 2),
    pageCode: bits(2, 5, 6),
    subpageCode: u8(3),
    parameterPointer: u16(5),
    allocationLength: u16(7),
  },
  execute(unit, { SP, PC, pageCode, subpageCode, parameterPointer }) {
    if (SP) throw invalidFieldInCdb(1, 0);
    const control = logPageControls[PC];
    const page = unit.logs.page(pageCode, subpageCode, parameterPointer, control);
    if (page === undefined) throw noSuchPage(unit.logs.knows(pageCode));
    if (page === 'no such parameter') throw invalidFieldInCdb(5);
    return good(page);
  },
});
