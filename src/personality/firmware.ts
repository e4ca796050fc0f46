// SPDX-License-Identifier: GPL-2.0-or-later
// What vendor-specific pages say of the firmware. No date of a build: the same sources give the same bytes.

/** When the firmware was made, as vendors print it. */
export const firmware = {
  version: '2.0.0',
  year: '2026',
  month: '01',
  day: '02',
  hour: '03',
  minute: '04',
  second: '05',
} as const;
