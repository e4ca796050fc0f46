// SPDX-License-Identifier: GPL-2.0-or-later
// Tape Capacity log page (IBM and HP SCSI References, log page 31h): remaining and whole, of partitions 0 and 1.
import { counter, type LogPage } from '../../spc/log-page.js';
import type { TapeDrive } from '../tape-drive.js';
import { toMebibytes } from '../units.js';

const traits = { DU: true, DS: true };

export const tapeCapacityPage: LogPage<TapeDrive> = {
  code: 0x31,
  name: 'Tape Capacity',
  ref: 'IBM and HP SCSI References, log page 31h',
  parameters({ mounted }) {
    const capacity = (partition: number): number =>
      mounted && partition < mounted.volume.partitionCount ? mounted.volume.capacity(partition) : 0;
    const remaining = (partition: number): number => {
      if (!mounted || capacity(partition) === 0) return 0;
      const { volume } = mounted;
      return Math.max(0, capacity(partition) - volume.used(partition, volume.endOfData(partition)));
    };
    return [remaining(0), remaining(1), capacity(0), capacity(1)].map((bytes, i) =>
      counter(i + 1, 4, toMebibytes(bytes), traits),
    );
  },
};
