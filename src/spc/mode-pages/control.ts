// SPDX-License-Identifier: GPL-2.0-or-later
// Control mode page (SPC-5 7.5.10).
import { bit, bits, u16 } from '../../bytes/layout.js';
import { modePage } from '../mode-page.js';
import type { PrimaryDevice } from '../primary.js';

export const controlPage = modePage<PrimaryDevice>()({
  code: 0x0a,
  name: 'Control',
  ref: 'SPC-5 7.5.10',
  size: 12,
  fields: {
    TST: bits(2, 7, 3),
    TMF_ONLY: bit(2, 4),
    DPICZ: bit(2, 3),
    D_SENSE: bit(2, 2),
    GLTSD: bit(2, 1),
    RLEC: bit(2, 0),
    queueAlgorithmModifier: bits(3, 7, 4),
    UA_INTLCK_CTRL: bits(4, 5, 2),
    SWP: bit(4, 3),
    busyTimeoutPeriod: u16(8),
    extendedSelfTestCompletionTime: u16(10),
  },
  changeable: ['D_SENSE'],
});
