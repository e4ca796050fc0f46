// SPDX-License-Identifier: GPL-2.0-or-later
// Vendor-specific VPD pages of Sony's AIT drives.
import { ascii, layout } from '../../bytes/layout.js';
import type { VpdPage } from '../../spc/vpd-page.js';
import type { TapeDrive } from '../../ssc/tape-drive.js';
import { firmware } from '../firmware.js';

/** Bytes after the page header. */
const revision = layout(40, { date: ascii(20, 19) });

export const firmwareRevision: VpdPage<TapeDrive> = {
  code: 0xc0,
  name: 'Firmware Revision',
  ref: 'Sony AIT drives, page C0h',
  content: () => {
    const { year, month, day, hour, minute, second } = firmware;
    return revision.encode({ date: `${month}-${day}-${year} ${hour}:${minute}:${second}` });
  },
};

export const security: VpdPage<TapeDrive> = {
  code: 0xc1,
  name: 'Security',
  ref: 'Sony AIT drives, page C1h',
  content: () => new TextEncoder().encode('Security'),
};
