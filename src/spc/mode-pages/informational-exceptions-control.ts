// SPDX-License-Identifier: GPL-2.0-or-later
// Informational Exceptions Control mode page (SPC-5 7.5.14, SSC-5 8.3.8): TapeAlert is read from its log page.
import { bit, bits, u32 } from '../../bytes/layout.js';
import { modePage } from '../mode-page.js';
import type { PrimaryDevice } from '../primary.js';

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
    reportCount: u32(8),
  },
  defaults: { DEXCPT: true, MRIE: 3 },
});
