// SPDX-License-Identifier: GPL-2.0-or-later
// REPORT SUPPORTED OPERATION CODES (SPC-5 6.29), computed from the command tables.
import { bit, bits, concat, layout, u8, u16, u32 } from '../bytes/layout.js';
import { type Command, command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import type { PrimaryDevice } from './primary.js';

const descriptor = layout(8, {
  operationCode: u8(0),
  serviceAction: u16(2),
  CTDP: bit(5, 1),
  SERVACTV: bit(5, 0),
  cdbLength: u16(6),
});
/** Command timeouts descriptor (SPC-5 6.29.4), seconds; 0 means nothing is said. */
const timeouts = layout(12, { length: u16(0), nominal: u32(4), recommended: u32(8) });
const allHeader = layout(4, { commandDataLength: u32(0) });
const oneHeader = layout(4, { CTDP: bit(1, 7), support: bits(1, 2, 3), cdbSize: u16(2) });

/** SUPPORT field values (SPC-5 table 269). */
const support = { 'not supported': 1, 'as the standard says': 3 } as const;

const describeTimeouts = (unit: PrimaryDevice, each: Command<never>): Uint8Array =>
  timeouts.encode({ length: timeouts.size - 2, ...unit.timeoutsOf(each) });

function describe(unit: PrimaryDevice, each: Command<never>, RCTD: boolean): Uint8Array {
  const encoded = descriptor.encode({
    operationCode: each.opcode,
    serviceAction: each.serviceAction ?? 0,
    CTDP: RCTD,
    SERVACTV: each.serviceAction !== undefined,
    cdbLength: each.size,
  });
  return RCTD ? concat(encoded, describeTimeouts(unit, each)) : encoded;
}

function allCommands(unit: PrimaryDevice, RCTD: boolean): Uint8Array {
  const list = concat(...unit.commands.all.map((each) => describe(unit, each, RCTD)));
  return concat(allHeader.encode({ commandDataLength: list.length }), list);
}

function oneCommand(
  unit: PrimaryDevice,
  found: Command<never> | undefined,
  RCTD: boolean,
): Uint8Array {
  if (!found) return oneHeader.encode({ support: support['not supported'] });
  const header = oneHeader.encode({
    CTDP: RCTD,
    support: support['as the standard says'],
    cdbSize: found.size,
  });
  return concat(header, found.usage, ...(RCTD ? [describeTimeouts(unit, found)] : []));
}

export const reportSupportedOperationCodes = command<PrimaryDevice>()({
  name: 'REPORT SUPPORTED OPERATION CODES',
  ref: 'SPC-5 6.29',
  opcode: 0xa3,
  serviceAction: 0x0c,
  allowedUnder: 'write exclusive',
  cdb: {
    RCTD: bit(2, 7),
    reportingOptions: bits(2, 2, 3),
    requestedOperationCode: u8(3),
    requestedServiceAction: u16(4),
    allocationLength: u32(6),
  },
  execute(unit, args) {
    const { RCTD, reportingOptions, requestedOperationCode: opcode, requestedServiceAction } = args;
    const set = unit.commands;
    const needsServiceAction = set.hasServiceActions(opcode);
    switch (reportingOptions) {
      case 0:
        return good(allCommands(unit, RCTD));
      case 1:
        if (needsServiceAction) throw invalidFieldInCdb(2, 2);
        return good(oneCommand(unit, set.find(opcode, undefined), RCTD));
      case 2:
        if (set.knowsOpcode(opcode) && !needsServiceAction) throw invalidFieldInCdb(2, 2);
        return good(oneCommand(unit, set.find(opcode, requestedServiceAction), RCTD));
      case 3:
        if (!needsServiceAction && requestedServiceAction !== 0)
          return good(oneCommand(unit, undefined, RCTD));
        return good(oneCommand(unit, set.find(opcode, requestedServiceAction), RCTD));
      default:
        throw invalidFieldInCdb(2, 2);
    }
  },
});
