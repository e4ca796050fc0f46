// SPDX-License-Identifier: GPL-2.0-or-later
// Vendor-specific VPD pages of Quantum's DLT and SDLT drives (product manuals, INQUIRY).
import { ascii, layout } from '../../bytes/layout.js';
import type { VpdPage } from '../../spc/vpd-page.js';
import type { TapeDrive } from '../../ssc/tape-drive.js';
import { firmware } from '../firmware.js';

/** Bytes after the page header. */
const build = layout(40, { buildDate: ascii(16, 24) });

/** The reference sends the page header twice. */
export const firmwareBuildInformation: VpdPage<TapeDrive> = {
  code: 0xc0,
  name: 'Firmware Build Information',
  ref: 'Quantum DLT product manual, page C0h',
  content: () => {
    const { year, month, day, hour, minute, second } = firmware;
    return build.encode({ buildDate: `${day}-${month}-${year} ${hour}:${minute}:${second}` });
  },
};

const subsystem = layout(40, { subsystemSerial: ascii(0, 12), driveSerial: ascii(20, 12) });

/** The reference states a length that the page does not have. */
export const subsystemComponentsRevision: VpdPage<TapeDrive> = {
  code: 0xc1,
  name: 'Subsystem Components Revision',
  ref: 'Quantum DLT product manual, page C1h',
  content: ({ identity: { serial } }) =>
    subsystem.encode({ subsystemSerial: serial, driveSerial: serial }),
};
