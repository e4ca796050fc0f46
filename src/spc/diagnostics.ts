// SPDX-License-Identifier: GPL-2.0-or-later
// SEND DIAGNOSTIC and RECEIVE DIAGNOSTIC RESULTS (SPC-5 6.42, 6.20). Self-tests pass: there is nothing to wear out.
import { bit, bits, layout, u8, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb, invalidFieldInParameterList, refuse } from '../sam/reply.js';
import type { PrimaryDevice } from './primary.js';

const pageHeader = layout(4, { pageCode: u8(0), pageLength: u16(2) });
/** Supported Diagnostic Pages (SPC-5 7.2.4), which is the only one. */
const supportedPages = 0x00;
const supportedPagesPage = Uint8Array.of(supportedPages, 0, 0, 1, supportedPages);

/** SELF-TEST CODE (SPC-5 table 297). */
const selfTests: readonly number[] = [0b001, 0b010, 0b101, 0b110];

/** A list asks for the Supported Diagnostic Pages page, to be fetched by RECEIVE DIAGNOSTIC RESULTS. */
function assertKnownPage(list: Uint8Array): void {
  if (list.length < pageHeader.size) throw refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');
  const { pageCode, pageLength } = pageHeader.decode(list);
  if (pageCode !== supportedPages) throw invalidFieldInParameterList(0);
  if (pageLength !== 0) throw invalidFieldInParameterList(pageHeader.fields.pageLength.at);
}

export const sendDiagnostic = command<PrimaryDevice>()({
  name: 'SEND DIAGNOSTIC',
  ref: 'SPC-5 6.42',
  opcode: 0x1d,
  cdb: {
    selfTestCode: bits(1, 7, 3),
    PF: bit(1, 4),
    SelfTest: bit(1, 2),
    DevOffL: bit(1, 1),
    UnitOffL: bit(1, 0),
    parameterListLength: u16(3),
  },
  execute(_, { selfTestCode, PF, SelfTest, parameterListLength }, { dataOut }) {
    if (selfTestCode !== 0) {
      if (SelfTest || !selfTests.includes(selfTestCode)) throw invalidFieldInCdb(1, 7);
      if (parameterListLength > 0) throw invalidFieldInCdb(3);
      return good();
    }
    if (parameterListLength === 0) return good();
    if (SelfTest) throw invalidFieldInCdb(3);
    if (!PF) throw invalidFieldInCdb(1, 4);
    assertKnownPage(dataOut.subarray(0, parameterListLength));
    return good();
  },
});

export const receiveDiagnosticResults = command<PrimaryDevice>()({
  name: 'RECEIVE DIAGNOSTIC RESULTS',
  ref: 'SPC-5 6.20',
  opcode: 0x1c,
  allowedUnder: 'write exclusive',
  cdb: { PCV: bit(1, 0), pageCode: u8(2), allocationLength: u16(3) },
  execute(_, { pageCode }) {
    if (pageCode !== supportedPages) throw invalidFieldInCdb(2);
    return good(supportedPagesPage);
  },
});
