// SPDX-License-Identifier: GPL-2.0-or-later
// Unit Serial Number VPD page (SPC-5 7.7.19).
import type { PrimaryDevice } from '../primary.js';
import type { VpdPage } from '../vpd-page.js';

/** Products pad the serial number with blanks to a length of their own. */
export const unitSerialNumber = (length: number): VpdPage<PrimaryDevice> => ({
  code: 0x80,
  name: 'Unit Serial Number',
  ref: 'SPC-5 7.7.19',
  content: (unit) => new TextEncoder().encode(unit.identity.serial.padEnd(length)),
});
