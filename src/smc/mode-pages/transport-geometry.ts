// SPDX-License-Identifier: GPL-2.0-or-later
// Transport Geometry Parameters mode page (SMC-3; SCSI-2 17.3.3.3): one pair of bytes for each picker.
import { bit, type Field, u8 } from '../../bytes/layout.js';
import { type ModePage, modePage } from '../../spc/mode-page.js';
import type { MediaChanger } from '../changer.js';

/** No picker turns media over; the pickers are the members of one set, numbered from 0. */
export function transportGeometryPage(pickers: number): ModePage<MediaChanger> {
  const fields: Record<string, Field<boolean> | Field<number>> = {};
  const memberNumbers: Record<string, number> = {};
  for (let picker = 0; picker < pickers; picker++) {
    fields[`ROTATE ${picker}`] = bit(2 + 2 * picker, 0);
    fields[`memberNumber ${picker}`] = u8(3 + 2 * picker);
    memberNumbers[`memberNumber ${picker}`] = picker;
  }
  return modePage<MediaChanger>()({
    code: 0x1e,
    name: 'Transport Geometry Parameters',
    ref: 'SMC-3; SCSI-2 17.3.3.3',
    size: 2 + 2 * pickers,
    fields,
    defaults: memberNumbers,
  });
}
