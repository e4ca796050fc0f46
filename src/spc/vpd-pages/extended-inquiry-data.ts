// SPDX-License-Identifier: GPL-2.0-or-later
// Extended INQUIRY Data VPD page (SPC-5 7.7.7).
import { bit, bits, layout, u16 } from '../../bytes/layout.js';
import type { PrimaryDevice } from '../primary.js';
import type { VpdPage } from '../vpd-page.js';

/** Offsets as the standard counts them, from the start of the page. */
const page = layout(64, {
  SPT: bits(4, 5, 3),
  HEADSUP: bit(5, 2),
  SIMPSUP: bit(5, 0),
  extendedSelfTestCompletionMinutes: u16(10),
});
const headerSize = 4;

/** SPT of a sequential-access device: 1, it protects logical blocks (SSC-5 4.2.28). */
const protectsBlocks = 1;

/** @param protects whether the unit has logical block protection */
export const extendedInquiryData = <Unit extends PrimaryDevice>(
  protects: (unit: Unit) => boolean,
): VpdPage<Unit> => ({
  code: 0x86,
  name: 'Extended INQUIRY Data',
  ref: 'SPC-5 7.7.7',
  content: (unit) =>
    page.encode({ SPT: protects(unit) ? protectsBlocks : 0, SIMPSUP: true }).subarray(headerSize),
});
