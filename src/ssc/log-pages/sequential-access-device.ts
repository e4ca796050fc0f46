// SPDX-License-Identifier: GPL-2.0-or-later
// Sequential-Access Device log page (SSC-5 8.2.3).
import { counter, type LogPage } from '../../spc/log-page.js';
import type { TapeDrive } from '../tape-drive.js';

const bytesCounter = (code: number, value: number) => counter(code, 8, value);

export const sequentialAccessDevicePage: LogPage<TapeDrive> = {
  code: 0x0c,
  name: 'Sequential-Access Device',
  ref: 'SSC-5 8.2.3',
  parameters({ mounted }) {
    const written = mounted?.bytesWritten ?? 0;
    const read = mounted?.bytesRead ?? 0;
    return [
      bytesCounter(0x0000, written),
      bytesCounter(0x0001, written),
      bytesCounter(0x0002, read),
      bytesCounter(0x0003, read),
    ];
  },
};
