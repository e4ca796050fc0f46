// SPDX-License-Identifier: GPL-2.0-or-later
// Real time for the mechanics of a drive.
import { setTimeout } from 'node:timers/promises';
import type { Pace } from '../ssc/mechanics.js';

/** @param scale 1: movements take as long as the real thing's; 0: no time */
export const paceOf = (scale: number): Pace => ({
  scale,
  /* A daemon that is stopped does not wait for a tape to be rewound. */
  delay: (milliseconds) => setTimeout(milliseconds, undefined, { ref: false }),
});
