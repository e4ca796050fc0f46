// SPDX-License-Identifier: GPL-2.0-or-later
// LOG SELECT (SPC-5 6.8): counters begin anew, or are given values.
import { bit, bits, u8, u16, type Values } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import { noSuchPage } from './no-such-page.js';
import type { PrimaryDevice } from './primary.js';

const fields = {
  PCR: bit(1, 1),
  SP: bit(1, 0),
  PC: bits(2, 7, 2),
  pageCode: bits(2, 5, 6),
  subpageCode: u8(3),
  parameterListLength: u16(7),
} as const;

/** PC value that names the counters; the others name thresholds, of which there are none to change. */
const defaultCumulative = 3;

/** What the fields must not say together (SPC-5 tables 139 and 140). */
function assertSensible({
  PCR,
  SP,
  pageCode,
  subpageCode,
  parameterListLength,
}: Values<typeof fields>) {
  if (SP) throw invalidFieldInCdb(1, 0);
  if (PCR && parameterListLength > 0) throw invalidFieldInCdb(1, 1);
  if (parameterListLength === 0) return;
  if (pageCode !== 0) throw invalidFieldInCdb(2, 5);
  if (subpageCode !== 0) throw invalidFieldInCdb(3);
}

/** The changes a command makes, none of them made yet. */
function changes(unit: PrimaryDevice, args: Values<typeof fields>, list: Uint8Array) {
  if (args.parameterListLength > 0) return unit.logs.accept(list);
  if (!args.PCR && args.PC !== defaultCumulative) return [];
  const { pageCode, subpageCode } = args;
  if (!unit.logs.canReset(pageCode, subpageCode)) throw noSuchPage(unit.logs.knows(pageCode));
  return [() => unit.logs.reset(pageCode, subpageCode)];
}

export const logSelect = command<PrimaryDevice>()({
  name: 'LOG SELECT',
  ref: 'SPC-5 6.8',
  opcode: 0x4c,
  cdb: fields,
  execute(unit, args, { nexus, dataOut }) {
    assertSensible(args);
    const toMake = changes(unit, args, dataOut.subarray(0, args.parameterListLength));
    for (const change of toMake) change();
    if (toMake.length > 0) unit.attentions.raise('LOG PARAMETERS CHANGED', nexus);
    return good();
  },
});
