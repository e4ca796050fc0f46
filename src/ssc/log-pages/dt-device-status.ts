// SPDX-License-Identifier: GPL-2.0-or-later
// DT Device Status log page (ADC-3 6.1.2): what a library polls to see what the drive is doing.
import { bit, layout, u8, u16 } from '../../bytes/layout.js';
import type { LogPage } from '../../spc/log-page.js';
import type { Movement } from '../mechanics.js';
import type { TapeDrive } from '../tape-drive.js';
import { isWriteProtected } from '../write-permission.js';

const veryHighFrequency = layout(4, {
  PAMR: bit(0, 7),
  HIU: bit(0, 6),
  MACC: bit(0, 5),
  CMPR: bit(0, 4),
  WRTP: bit(0, 3),
  CRQST: bit(0, 2),
  CRQRD: bit(0, 1),
  DINIT: bit(0, 0),
  INXTN: bit(1, 7),
  RAA: bit(1, 5),
  MPRSNT: bit(1, 4),
  MSTD: bit(1, 2),
  MTHRD: bit(1, 1),
  MOUNTED: bit(1, 0),
  DTDeviceActivity: u8(2),
  VS: bit(3, 7),
  RRQST: bit(3, 3),
  INTFC: bit(3, 2),
  TAFC: bit(3, 0),
});

/** DT DEVICE ACTIVITY field values (ADC-3 table 13). */
const activities: Readonly<Record<Movement, number>> = {
  clean: 0x01,
  load: 0x02,
  thread: 0x02,
  unload: 0x03,
  read: 0x05,
  write: 0x06,
  position: 0x07,
  rewind: 0x08,
  erase: 0x09,
  format: 0x0a,
  update: 0x0d,
};
const noActivity = 0x00;
/** While these go on the drive is in no transition. */
const transfers: readonly Movement[] = ['read', 'write'];

const pollingDelay = layout(2, { milliseconds: u16(0) });
/** How long a library waits between two looks. */
const delayBetweenPolls = 500;

function status(drive: TapeDrive): Uint8Array {
  const { mounted, alerts } = drive;
  const present = drive.barcode !== undefined;
  const { movement } = drive.mechanics;
  return veryHighFrequency.encode({
    PAMR: drive.removalPreventedBy.size > 0,
    MACC: mounted !== undefined,
    CMPR: drive.compression,
    WRTP: mounted !== undefined && isWriteProtected(mounted),
    CRQST: alerts.isSet('clean periodic'),
    CRQRD: alerts.isSet('clean now'),
    DINIT: true,
    INXTN: movement !== undefined && !transfers.includes(movement),
    RAA: mounted === undefined,
    MPRSNT: present,
    MSTD: present,
    MTHRD: mounted !== undefined,
    MOUNTED: mounted !== undefined,
    DTDeviceActivity: movement === undefined ? noActivity : activities[movement],
    TAFC: alerts.flags !== 0n,
  });
}

const list = { format: 'binary list' } as const;

export const dtDeviceStatusPage: LogPage<TapeDrive> = {
  code: 0x11,
  name: 'DT Device Status',
  ref: 'ADC-3 6.1.2',
  parameters: (drive) => [
    { code: 0x0000, ...list, value: status(drive) },
    { code: 0x0001, ...list, value: pollingDelay.encode({ milliseconds: delayBetweenPolls }) },
  ],
};
