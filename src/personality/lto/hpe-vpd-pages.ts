// SPDX-License-Identifier: GPL-2.0-or-later
// Vendor-specific VPD pages of HP's LTO drives: one for each component ("HP LTO Ultrium: The SCSI Interface").
import { ascii, layout } from '../../bytes/layout.js';
import type { VpdPage } from '../../spc/vpd-page.js';
import type { TapeDrive } from '../../ssc/tape-drive.js';
import { firmware } from '../firmware.js';

/** Bytes after the page header. */
const component = layout(92, {
  name: ascii(0, 24),
  version: ascii(26, 18),
  date: ascii(45, 24),
  variant: ascii(69, 22),
});

/** The components, as the reference has them: name, date, variant. The first one's date is the firmware's. */
const components: readonly (readonly [name: string, date: string, variant: string])[] = [
  [
    'Firmware',
    `${firmware.year}/${firmware.month}/${firmware.day} ${firmware.hour}:${firmware.minute}`,
    '6',
  ],
  ['Hardware', '2012/04/18 06:53', '5'],
  ['PCA', '1996/11/29 10:00', '4'],
  ['Mechanism', '1992/08/11 10:00', '3'],
  ['Head Assy', '1966/07/28 10:00', '2'],
  ['ACI', '1960/03/10 10:00', '1'],
];
const firstCode = 0xc0;

/** The reference sends the page header twice. */
export const revisionPages: readonly VpdPage<TapeDrive>[] = components.map(
  ([name, date, variant], i) => ({
    code: firstCode + i,
    name: `${name} Revision`,
    ref: 'HP LTO Ultrium, volume 3, pages C0h to C5h',
    content: () => component.encode({ name, version: firmware.version, date, variant }),
  }),
);
