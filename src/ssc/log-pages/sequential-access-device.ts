// SPDX-License-Identifier: GPL-2.0-or-later
// Sequential-Access Device log page (SSC-5 8.2.3).
import { counter, type LogPage } from '../../spc/log-page.js';
import type { TapeDrive } from '../tape-drive.js';
import { nothingKnown, toMegabytes } from '../units.js';

const traits = { DS: true };

/** Capacities of the current partition, 10^6 bytes; all ones while there is none. */
function capacities({ mounted, product }: TapeDrive) {
  if (!mounted) return [nothingKnown, nothingKnown, nothingKnown, nothingKnown];
  const { volume, partition, position } = mounted;
  const capacity = volume.capacity(partition);
  const beforeWarning = Math.max(0, capacity - product.earlyWarning);
  const here = volume.used(partition, position);
  return [capacity, beforeWarning, capacity - beforeWarning, here].map(toMegabytes);
}

export const sequentialAccessDevicePage: LogPage<TapeDrive> = {
  code: 0x0c,
  name: 'Sequential-Access Device',
  ref: 'SSC-5 8.2.3',
  parameters(drive) {
    const { sinceReset, life } = drive.statistics;
    const [whole, toWarning, warningToEnd, here] = capacities(drive);
    /* The reference has the TapeAlert flags in 0100h; the standard has "cleaning required" there. */
    const cleaningRequired = drive.alerts.isSet('clean now') ? 1 : 0;
    return [
      counter(0x0000, 8, sinceReset.bytesFromHost, traits),
      counter(0x0001, 8, sinceReset.bytesToMedium, traits),
      counter(0x0002, 8, sinceReset.bytesFromMedium, traits),
      counter(0x0003, 8, sinceReset.bytesToHost, traits),
      counter(0x0004, 4, whole!, traits),
      counter(0x0005, 4, toWarning!, traits),
      counter(0x0006, 4, warningToEnd!, traits),
      counter(0x0007, 4, here!, traits),
      counter(0x0008, 4, 0, traits),
      counter(0x0100, 8, cleaningRequired, traits),
      counter(0x8000, 4, toMegabytes(life.bytesFromHost + life.bytesToHost), traits),
      counter(0x8001, 4, life.mounts, traits),
      counter(0x8002, 4, life.cleanings, traits),
    ];
  },
  reset: ({ statistics }) =>
    statistics.reset('bytesFromHost', 'bytesToMedium', 'bytesFromMedium', 'bytesToHost'),
};
