// SPDX-License-Identifier: GPL-2.0-or-later
// Performance Characteristics log page (IBM SCSI Reference, log page 37h): one parameter, nothing to tell.
import { counter, type LogPage } from '../../spc/log-page.js';
import type { TapeDrive } from '../tape-drive.js';

export const performanceCharacteristicsPage: LogPage<TapeDrive> = {
  code: 0x37,
  name: 'Performance Characteristics',
  ref: 'IBM SCSI Reference, log page 37h',
  parameters: () => [counter(0x0000, 1, 0)],
};
