// SPDX-License-Identifier: GPL-2.0-or-later
// Device Statistics log page (SSC-5 8.2.7): what the drive has done in its life.
import { type LogPage, type LogParameter, listCounter } from '../../spc/log-page.js';
import type { TapeDrive } from '../tape-drive.js';

const serialLength = 32;

const text = (code: number, value: string): LogParameter => ({
  code,
  format: 'ASCII list',
  value: new TextEncoder().encode(value.padEnd(serialLength)),
});

export const deviceStatisticsPage: LogPage<TapeDrive> = {
  code: 0x14,
  name: 'Device Statistics',
  ref: 'SSC-5 8.2.7',
  parameters(drive) {
    const { identity, statistics } = drive;
    const { life, sincePowerOn } = statistics;
    const eight = (code: number, value: number): LogParameter => listCounter(code, 8, value);
    return [
      eight(0x0000, life.mounts),
      eight(0x0001, life.cleanings),
      eight(0x000c, life.powerOns),
      eight(0x000d, sincePowerOn.mounts),
      eight(0x000e, life.writeErrors),
      eight(0x000f, life.readErrors),
      text(0x0040, identity.serial),
      text(0x0041, identity.serial),
      listCounter(0x0080, 1, drive.removalPreventedBy.size > 0 ? 1 : 0),
      listCounter(0x0081, 1, 0),
    ];
  },
};
