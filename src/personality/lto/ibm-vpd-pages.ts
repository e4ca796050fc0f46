// SPDX-License-Identifier: GPL-2.0-or-later
// Vendor-specific VPD pages of IBM's drives ("IBM LTO Ultrium Tape Drive: SCSI Reference", vital product data).
import { ascii, layout } from '../../bytes/layout.js';
import type { VpdPage } from '../../spc/vpd-page.js';
import type { TapeDrive } from '../../ssc/tape-drive.js';
import { firmware } from '../firmware.js';

const revision = layout(39, {
  codeName: ascii(0, 12),
  time: ascii(12, 7),
  date: ascii(19, 8),
  platform: ascii(27, 12),
});

/** The reference repeats the page header inside the page, which shifts every field by four bytes. */
export const driveComponentRevisionLevels: VpdPage<TapeDrive> = {
  code: 0xc0,
  name: 'Drive Component Revision Levels',
  ref: 'IBM SCSI Reference, page C0h',
  content: () => {
    const { year, month, day, hour, minute, second } = firmware;
    return revision.encode({
      codeName: 'mhvtl',
      time: `${hour}${minute}${second}`,
      date: `${year}${month}${day}`,
      platform: 'mhvtl_fl_f',
    });
  },
};

const serialNumbers = layout(24, { manufactured: ascii(0, 12), reported: ascii(12, 12) });

export const driveSerialNumbers: VpdPage<TapeDrive> = {
  code: 0xc1,
  name: 'Drive Serial Numbers',
  ref: 'IBM SCSI Reference, page C1h',
  content: ({ identity: { serial } }) =>
    serialNumbers.encode({ manufactured: serial, reported: serial }),
};
