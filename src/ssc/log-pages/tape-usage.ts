// SPDX-License-Identifier: GPL-2.0-or-later
// Tape Usage log page (IBM and HP SCSI References, log page 30h): the volume's life, as its memory has it.
import { counter, type LogPage } from '../../spc/log-page.js';
import type { TapeDrive } from '../tape-drive.js';
import { toDataSets } from '../units.js';

const traits = { DU: true, DS: true };

export const tapeUsagePage: LogPage<TapeDrive> = {
  code: 0x30,
  name: 'Tape Usage',
  ref: 'IBM and HP SCSI References, log page 30h',
  parameters({ mounted, product, statistics: { sinceMount } }) {
    const of = (count: number) => (mounted ? count : 0);
    return [
      counter(0x0001, 4, mounted ? Number(mounted.volume.mam.get('loadCount')) : 0, traits),
      counter(0x0002, 8, of(toDataSets(product, sinceMount.bytesToMedium)), traits),
      counter(0x0003, 4, 0, traits),
      counter(0x0004, 2, of(sinceMount.writeErrors), traits),
      counter(0x0005, 2, 0, traits),
      counter(0x0006, 2, 0, traits),
      counter(0x0007, 8, of(toDataSets(product, sinceMount.bytesFromMedium)), traits),
      counter(0x0008, 4, 0, traits),
      counter(0x0009, 2, of(sinceMount.readErrors), traits),
      counter(0x000a, 2, 0, traits),
      counter(0x000b, 2, 0, traits),
    ];
  },
};
