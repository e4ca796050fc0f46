// SPDX-License-Identifier: GPL-2.0-or-later
// The primary commands every device has; a product may lack some of them.
import { readBuffer, writeBuffer } from './buffers.js';
import { receiveDiagnosticResults, sendDiagnostic } from './diagnostics.js';
import {
  reportIdentifyingInformation,
  setIdentifyingInformation,
} from './identifying-information.js';
import { inquiry } from './inquiry.js';
import { logSelect } from './log-select.js';
import { logSense } from './log-sense.js';
import { modeSelect6, modeSelect10 } from './mode-select.js';
import { modeSense6, modeSense10 } from './mode-sense.js';
import { persistentReserveIn } from './persistent-reserve-in.js';
import { persistentReserveOut } from './persistent-reserve-out.js';
import { preventAllowMediumRemoval } from './prevent-allow-medium-removal.js';
import { reportSupportedOperationCodes } from './report-supported-operation-codes.js';
import { reportSupportedTaskManagementFunctions } from './report-supported-task-management-functions.js';
import { reportTargetPortGroups } from './report-target-port-groups.js';
import { requestSense } from './request-sense.js';
import { release6, release10, reserve6, reserve10 } from './reserve-release.js';
import { testUnitReady } from './test-unit-ready.js';
import { reportTimestamp, setTimestamp } from './timestamp.js';

/** What devices before SPC-2 do not have, and some later ones. */
export const persistentReserve = [...persistentReserveIn, ...persistentReserveOut] as const;

/** MAINTENANCE IN and OUT, of SPC-3 and later. */
export const maintenance = [
  reportIdentifyingInformation,
  reportTargetPortGroups,
  reportSupportedOperationCodes,
  reportSupportedTaskManagementFunctions,
  reportTimestamp,
  setIdentifyingInformation,
  setTimestamp,
] as const;

export const spc = [
  testUnitReady,
  requestSense,
  inquiry,
  modeSelect6,
  reserve6,
  release6,
  modeSense6,
  receiveDiagnosticResults,
  sendDiagnostic,
  preventAllowMediumRemoval,
  writeBuffer,
  readBuffer,
  logSelect,
  logSense,
  modeSelect10,
  reserve10,
  release10,
  modeSense10,
  ...persistentReserve,
  ...maintenance,
] as const;
