// SPDX-License-Identifier: GPL-2.0-or-later
// Data Compression log page (SSC-5 8.2.10), and the same under the code that drives had for it before.
import { counter, type LogPage, type LogParameter } from '../../spc/log-page.js';
import type { Counters } from '../statistics.js';
import type { TapeDrive } from '../tape-drive.js';
import { megabyte, ratioTimes100, toMegabytes } from '../units.js';

const traits = { DS: true };

/** A count of bytes as two parameters: whole megabytes, and the bytes beyond. */
const split = (code: number, bytes: number): LogParameter[] => [
  counter(code, 4, toMegabytes(bytes), traits),
  counter(code + 1, 4, bytes % megabyte, traits),
];

function parameters({ bytesToHost, bytesFromMedium, bytesFromHost, bytesToMedium }: Counters) {
  return [
    counter(0x0000, 2, ratioTimes100(bytesToHost, bytesFromMedium), traits),
    counter(0x0001, 2, ratioTimes100(bytesFromHost, bytesToMedium), traits),
    ...split(0x0002, bytesToHost),
    ...split(0x0004, bytesFromMedium),
    ...split(0x0006, bytesFromHost),
    ...split(0x0008, bytesToMedium),
  ];
}

const reset = ({ statistics }: TapeDrive): void =>
  statistics.reset('bytesFromHost', 'bytesToMedium', 'bytesFromMedium', 'bytesToHost');

export const dataCompressionLogPage: LogPage<TapeDrive> = {
  code: 0x1b,
  name: 'Data Compression',
  ref: 'SSC-5 8.2.10',
  parameters: ({ compression, statistics }) => [
    ...parameters(statistics.sinceReset),
    counter(0x0100, 2, compression ? 1 : 0, traits),
  ],
  reset,
};

export const vendorDataCompressionLogPage: LogPage<TapeDrive> = {
  code: 0x32,
  name: 'Data Compression (vendor-specific)',
  ref: 'IBM and HP SCSI References, log page 32h',
  parameters: ({ statistics }) => parameters(statistics.sinceReset),
  reset,
};
