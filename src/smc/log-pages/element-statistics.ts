// SPDX-License-Identifier: GPL-2.0-or-later
// Element Statistics log page (SMC-3): a parameter for each element, with its address as code. Fields as sg_logs of
// sg3-utils finds them.
import { layout, u32 } from '../../bytes/layout.js';
import type { LogPage } from '../../spc/log-page.js';
import type { MediaChanger } from '../changer.js';

/** Nothing is ever tried twice: the retries stay zero. */
const counters = layout(24, {
  places: u32(0),
  placeRetries: u32(4),
  picks: u32(8),
  pickRetries: u32(12),
  determined: u32(16),
  unreadable: u32(20),
});

export const elementStatisticsPage: LogPage<MediaChanger> = {
  code: 0x15,
  name: 'Element Statistics',
  ref: 'SMC-3, Element Statistics log page',
  parameters: ({ elements, statistics }) =>
    elements.all.map((element) => ({
      code: element.address,
      format: 'binary list',
      value: counters.encode({ ...statistics.of(element) }),
    })),
};
