// SPDX-License-Identifier: GPL-2.0-or-later
// REPORT TARGET PORT GROUPS (SPC-5 6.32): one port in one group, always active and optimized.
import { bit, bits, concat, layout, u8, u16, u32 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import { onlyTargetPort } from './persistent-reserve-in.js';
import type { PrimaryDevice } from './primary.js';

const group = layout(12, {
  asymmetricAccessState: bits(0, 3, 4),
  AO_SUP: bit(1, 0),
  targetPortGroup: u16(2),
  targetPortCount: u8(7),
  relativeTargetPortIdentifier: u16(10),
});
const onlyGroup = 1;
const header = layout(4, { returnDataLength: u32(0) });
/** With the extended header (SPC-5 table 250): no transition ever takes place. */
const extendedHeader = layout(8, { returnDataLength: u32(0), formatType: bits(4, 6, 3) });

export const reportTargetPortGroups = command<PrimaryDevice>()({
  name: 'REPORT TARGET PORT GROUPS',
  ref: 'SPC-5 6.32',
  opcode: 0xa3,
  serviceAction: 0x0a,
  allowedUnder: 'every reservation',
  cdb: { parameterDataFormat: bits(1, 7, 3), allocationLength: u32(6) },
  execute(_, { parameterDataFormat: formatType }) {
    if (formatType > 1) throw invalidFieldInCdb(1, 7);
    const descriptor = group.encode({
      AO_SUP: true,
      targetPortGroup: onlyGroup,
      targetPortCount: 1,
      relativeTargetPortIdentifier: onlyTargetPort,
    });
    const returnDataLength = (formatType ? extendedHeader.size : header.size) + group.size - 4;
    const start = formatType
      ? extendedHeader.encode({ returnDataLength, formatType })
      : header.encode({ returnDataLength });
    return good(concat(start, descriptor));
  },
});
