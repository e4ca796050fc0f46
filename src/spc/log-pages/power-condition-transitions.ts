// SPDX-License-Identifier: GPL-2.0-or-later
// Power Condition Transitions log page (SPC-5 7.3.12): the unit is always active, so that it never became so.
import { counter, type LogPage } from '../log-page.js';
import type { PrimaryDevice } from '../primary.js';

/** Parameter codes of what IBM's drives count (SPC-5 table 403). */
const transitions = { 'to active': 0x0001, 'to idle_c': 0x0004 } as const;

export const powerConditionTransitionsPage: LogPage<PrimaryDevice> = {
  code: 0x1a,
  name: 'Power Condition Transitions',
  ref: 'SPC-5 7.3.12',
  parameters: () => Object.values(transitions).map((code) => counter(code, 4, 0)),
};
