// SPDX-License-Identifier: GPL-2.0-or-later
// Sequential-Access Device log page (SSC-5 8.2.3).
import { counter, type LogPage } from '../../spc/log-page.js';
import type { TapeDrive } from '../tape-drive.js';

const bytesCounter = (code: number, value: number) => counter(code, 8, value);

export const sequentialAccessDevicePage: LogPage<TapeDrive> = {
  code: 0x0c,
  name: 'Sequential-Access Device',
  ref: 'SSC-5 8.2.3',
  parameters({ statistics: { sinceMount } }) {
    return [
      bytesCounter(0x0000, sinceMount.bytesFromHost),
      bytesCounter(0x0001, sinceMount.bytesToMedium),
      bytesCounter(0x0002, sinceMount.bytesFromMedium),
      bytesCounter(0x0003, sinceMount.bytesToHost),
    ];
  },
};
