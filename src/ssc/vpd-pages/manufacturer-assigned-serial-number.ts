// SPDX-License-Identifier: GPL-2.0-or-later
// Manufacturer-assigned Serial Number VPD page (SSC-5 8.6.3).
import { layout, raw } from '../../bytes/layout.js';
import type { VpdPage } from '../../spc/vpd-page.js';
import type { TapeDrive } from '../tape-drive.js';

const content = layout(16, { manufacturerAssignedSerialNumber: raw(0, 16) });

/** @param length the serial number is padded with blanks to this length, then with zeros */
export const manufacturerAssignedSerialNumber = (length: number): VpdPage<TapeDrive> => ({
  code: 0xb1,
  name: 'Manufacturer-assigned Serial Number',
  ref: 'SSC-5 8.6.3',
  content: ({ identity }) =>
    content.encode({
      manufacturerAssignedSerialNumber: new TextEncoder().encode(identity.serial.padEnd(length)),
    }),
});
