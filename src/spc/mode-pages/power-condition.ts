// SPDX-License-Identifier: GPL-2.0-or-later
// Power Condition mode page (SPC-5 7.5.18): the unit never saves power, so every timer is off.
import { bit, bits, u32 } from '../../bytes/layout.js';
import { modePage } from '../mode-page.js';
import type { PrimaryDevice } from '../primary.js';

export const powerConditionPage = modePage<PrimaryDevice>()({
  code: 0x1a,
  name: 'Power Condition',
  ref: 'SPC-5 7.5.18',
  size: 38,
  fields: {
    PM_BG_PRECEDENCE: bits(2, 7, 2),
    STANDBY_Y: bit(2, 0),
    IDLE_C: bit(3, 3),
    IDLE_B: bit(3, 2),
    IDLE_A: bit(3, 1),
    STANDBY_Z: bit(3, 0),
    IDLE_A_CONDITION_TIMER: u32(4),
    STANDBY_Z_CONDITION_TIMER: u32(8),
    IDLE_B_CONDITION_TIMER: u32(12),
    IDLE_C_CONDITION_TIMER: u32(16),
    STANDBY_Y_CONDITION_TIMER: u32(20),
    CCF_IDLE: bits(37, 7, 2),
    CCF_STANDBY: bits(37, 5, 2),
    CCF_STOPPED: bits(37, 3, 2),
  },
});
