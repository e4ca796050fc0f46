// SPDX-License-Identifier: GPL-2.0-or-later
// Write and Read Error Counter log pages (SPC-5 7.3.18, 7.3.13): since the volume was mounted, or LOG SELECT.
import { counter, type LogPage, type LogParameter } from '../../spc/log-page.js';
import type { CounterName } from '../statistics.js';
import type { TapeDrive } from '../tape-drive.js';

/** Parameter codes (SPC-5 table 424); blocks are never corrected, for nothing wears out. */
const alwaysZero = [0x0000, 0x0001, 0x0002, 0x0003, 0x0004];
const bytesProcessed = 0x0005;
const uncorrectedErrors = 0x0006;
const vendorSpecific = [0x8000, 0x8001, 0x8002, 0x8003];

const traits = { DS: true, TSD: true };

const page = (
  code: number,
  name: string,
  ref: string,
  bytes: CounterName,
  errors: CounterName,
): LogPage<TapeDrive> => ({
  code,
  name,
  ref,
  parameters({ statistics: { sinceReset } }): LogParameter[] {
    const zeros = (codes: readonly number[]) => codes.map((each) => counter(each, 4, 0, traits));
    return [
      ...zeros(alwaysZero),
      counter(bytesProcessed, 8, sinceReset[bytes], traits),
      counter(uncorrectedErrors, 4, sinceReset[errors], traits),
      ...zeros(vendorSpecific),
    ];
  },
  reset: ({ statistics }) => statistics.reset(bytes, errors),
});

export const writeErrorCountersPage = page(
  0x02,
  'Write Error Counters',
  'SPC-5 7.3.18',
  'bytesToMedium',
  'writeErrors',
);

export const readErrorCountersPage = page(
  0x03,
  'Read Error Counters',
  'SPC-5 7.3.13',
  'bytesFromMedium',
  'readErrors',
);
