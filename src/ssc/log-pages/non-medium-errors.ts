// SPDX-License-Identifier: GPL-2.0-or-later
// Non-Medium Error log page (SPC-5 7.3.11): blocks whose guard showed that they were damaged on the way.
import { counter, type LogPage } from '../../spc/log-page.js';
import type { TapeDrive } from '../tape-drive.js';

export const nonMediumErrorsPage: LogPage<TapeDrive> = {
  code: 0x06,
  name: 'Non-Medium Error',
  ref: 'SPC-5 7.3.11',
  parameters: ({ statistics: { sinceReset } }) => [
    counter(0x0000, 4, sinceReset.protectionErrors, { DS: true }),
  ],
  reset: ({ statistics }) => statistics.reset('protectionErrors'),
};
