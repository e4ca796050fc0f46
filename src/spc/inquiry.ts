// SPDX-License-Identifier: GPL-2.0-or-later
// INQUIRY (SPC-5 6.7).
import { bit, u8, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import { standardInquiryData } from './inquiry-data.js';
import type { PrimaryDevice } from './primary.js';

export const inquiry = command<PrimaryDevice>()({
  name: 'INQUIRY',
  ref: 'SPC-5 6.7',
  opcode: 0x12,
  passesUnitAttention: true,
  passesReserve: true,
  allowedUnder: 'every reservation',
  passesQueue: true,
  cdb: { EVPD: bit(1, 0), pageCode: u8(2), allocationLength: u16(3) },
  execute(unit, { EVPD, pageCode }) {
    if (EVPD) {
      const page = unit.vpd.page(pageCode);
      if (!page) throw invalidFieldInCdb(2);
      return good(page);
    }
    if (pageCode !== 0) throw invalidFieldInCdb(2);
    return good(standardInquiryData(unit.identity, unit.inquiry));
  },
});
