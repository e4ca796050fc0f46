// SPDX-License-Identifier: GPL-2.0-or-later
// Informational Exceptions Control mode page (SPC-5 7.5.14, SSC-5 8.3.6): how TapeAlert flags are told, and their test.
import { bit, bits, i32, u32 } from '../../bytes/layout.js';
import { reportingMethods } from '../informational-exceptions.js';
import { modePage } from '../mode-page.js';
import type { PrimaryDevice } from '../primary.js';

const methods: readonly number[] = Object.values(reportingMethods);

export const informationalExceptionsControlPage = modePage<PrimaryDevice>()({
  code: 0x1c,
  name: 'Informational Exceptions Control',
  ref: 'SPC-5 7.5.14',
  size: 12,
  fields: {
    PERF: bit(2, 7),
    EBF: bit(2, 5),
    EWASC: bit(2, 4),
    DEXCPT: bit(2, 3),
    TEST: bit(2, 2),
    EBACKERR: bit(2, 1),
    LOGERR: bit(2, 0),
    MRIE: bits(3, 3, 4),
    intervalTimer: u32(4),
    /** REPORT COUNT; with TEST the TEST FLAG NUMBER of a device with TapeAlert flags. */
    reportCount: i32(8),
  },
  defaults: { DEXCPT: true, MRIE: 3 },
  /* PERF: nothing that is looked for here delays a command. */
  changeable: ['PERF', 'DEXCPT', 'TEST', 'MRIE', 'intervalTimer', 'reportCount'],
  refuses(unit, { DEXCPT, TEST, MRIE, reportCount }) {
    if (!methods.includes(MRIE)) return 'MRIE';
    if (!TEST) return reportCount < 0 ? 'reportCount' : undefined;
    if (reportCount === 0) return DEXCPT ? 'TEST' : undefined;
    return unit.knowsTestFlag(reportCount) ? undefined : 'reportCount';
  },
  /* The test of a flag is over when the flag is set: the page has the REPORT COUNT it had. */
  momentary: ({ TEST, reportCount }, before) =>
    TEST && reportCount !== 0 ? { TEST: before.TEST, reportCount: before.reportCount } : {},
  selected(unit, { TEST, reportCount }) {
    if (!TEST) unit.exceptions.endTest();
    else if (reportCount === 0) unit.exceptions.test();
    else {
      unit.testFlag(reportCount);
      unit.exceptions.afterThisCommand();
    }
  },
});
