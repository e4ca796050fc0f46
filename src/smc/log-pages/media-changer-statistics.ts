// SPDX-License-Identifier: GPL-2.0-or-later
// Media Changer Statistics log page (SMC-3): what the robot has done. Parameter codes as sg_logs of sg3-utils knows them.
import { counter, type LogPage } from '../../spc/log-page.js';
import type { MediaChanger } from '../changer.js';

/** Errors of the picker, and retries: a robot without wear has none. Two for it, and two for each of six axes. */
const neverRetried = 0;
const firstErrorCode = 0x000a;
const errorCounters = 14;

export const mediaChangerStatisticsPage: LogPage<MediaChanger> = {
  code: 0x14,
  name: 'Media Changer Statistics',
  ref: 'SMC-3, Media Changer Statistics log page',
  parameters({ statistics }) {
    const { moves, doorOpens, importExportOpens, inventories, total } = statistics;
    const values = [
      moves,
      total.picks,
      neverRetried,
      total.places,
      neverRetried,
      total.determined,
      total.unreadable,
      doorOpens,
      importExportOpens,
      inventories,
    ];
    return [
      ...values.map((value, code) => counter(code, 8, value)),
      ...Array.from({ length: errorCounters }, (_, i) => counter(firstErrorCode + i, 8, 0)),
    ];
  },
};
