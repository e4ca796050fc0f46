// SPDX-License-Identifier: GPL-2.0-or-later
// The primary commands every device has.
import { inquiry } from './inquiry.js';
import { logSelect } from './log-select.js';
import { logSense } from './log-sense.js';
import { modeSelect6, modeSelect10 } from './mode-select.js';
import { modeSense6, modeSense10 } from './mode-sense.js';
import { persistentReserveIn } from './persistent-reserve-in.js';
import { persistentReserveOut } from './persistent-reserve-out.js';
import { preventAllowMediumRemoval } from './prevent-allow-medium-removal.js';
import { reportSupportedOperationCodes } from './report-supported-operation-codes.js';
import { requestSense } from './request-sense.js';
import { release6, release10, reserve6, reserve10 } from './reserve-release.js';
import { testUnitReady } from './test-unit-ready.js';

/** What devices before SPC-2 do not have, and some later ones. */
export const persistentReserve = [...persistentReserveIn, ...persistentReserveOut] as const;

export const spc = [
  testUnitReady,
  requestSense,
  inquiry,
  modeSelect6,
  reserve6,
  release6,
  modeSense6,
  preventAllowMediumRemoval,
  logSelect,
  logSense,
  modeSelect10,
  reserve10,
  release10,
  modeSense10,
  ...persistentReserve,
  reportSupportedOperationCodes,
] as const;
