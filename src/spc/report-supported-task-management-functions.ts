// SPDX-License-Identifier: GPL-2.0-or-later
// REPORT SUPPORTED TASK MANAGEMENT FUNCTIONS (SPC-5 6.31): those that sam/logical-unit.ts carries out.
import { bit, concat, layout, u8, u32 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good } from '../sam/reply.js';
import type { PrimaryDevice } from './primary.js';

const basic = layout(4, {
  ATS: bit(0, 7),
  ATSS: bit(0, 6),
  CTSS: bit(0, 4),
  LURS: bit(0, 3),
  TRS: bit(0, 1),
  ITNRS: bit(1, 0),
  additionalDataLength: u8(3),
});
/** Timeouts (REPD): none is claimed, TMFTMOV and all others are zero. */
const timeouts = new Uint8Array(12);

export const reportSupportedTaskManagementFunctions = command<PrimaryDevice>()({
  name: 'REPORT SUPPORTED TASK MANAGEMENT FUNCTIONS',
  ref: 'SPC-5 6.31',
  opcode: 0xa3,
  serviceAction: 0x0d,
  allowedUnder: 'write exclusive',
  cdb: { REPD: bit(2, 7), allocationLength: u32(6) },
  execute(_, { REPD }) {
    const more = REPD ? timeouts : new Uint8Array(0);
    const data = basic.encode({
      ATS: true,
      ATSS: true,
      CTSS: true,
      LURS: true,
      TRS: true,
      ITNRS: true,
      additionalDataLength: more.length,
    });
    return good(concat(data, more));
  },
});
