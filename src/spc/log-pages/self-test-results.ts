// SPDX-License-Identifier: GPL-2.0-or-later
// Self-Test Results log page (SPC-5 7.3.15): twenty places, which self-tests that cannot fail leave empty.
import type { LogPage } from '../log-page.js';
import type { PrimaryDevice } from '../primary.js';

const places = 20;
const resultSize = 16;

export const selfTestResultsPage: LogPage<PrimaryDevice> = {
  code: 0x10,
  name: 'Self-Test Results',
  ref: 'SPC-5 7.3.15',
  parameters: () =>
    Array.from({ length: places }, (_, i) => ({
      code: i + 1,
      format: 'binary list',
      value: new Uint8Array(resultSize),
    })),
};
