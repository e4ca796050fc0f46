// SPDX-License-Identifier: GPL-2.0-or-later
// TapeAlert log page of media changers (SMC-3): 64 flags of one byte, cleared by reading.
import type { LogPage } from '../../spc/log-page.js';
import type { MediaChanger } from '../changer.js';

const flagCount = 64;

export const tapeAlertPage: LogPage<MediaChanger> = {
  code: 0x2e,
  name: 'TapeAlert',
  ref: 'SMC-3, TapeAlert log page',
  parameters: ({ tapeAlerts }) =>
    Array.from({ length: flagCount }, (_, i) => ({
      code: i + 1,
      format: 'bounded counter',
      value: Uint8Array.of(Number((tapeAlerts >> BigInt(i)) & 1n)),
    })),
  wasRead(changer) {
    changer.tapeAlerts = 0n;
    changer.exceptions.clear();
  },
};
