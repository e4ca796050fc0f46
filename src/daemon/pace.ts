// SPDX-License-Identifier: GPL-2.0-or-later
// Real time for the mechanics of a unit, which can be changed while it runs.
import { setTimeout } from 'node:timers/promises';
import { DEVICE_KEYS } from '../config/device-keys.js';
import type { Pace } from '../ssc/mechanics.js';
import { Refused } from './administration.js';

/** A pace that an administrator can change. */
export interface ChangeablePace extends Pace {
  scale: number;
}

/** @param scale 1: movements take as long as the real thing's; 0: no time */
export const paceOf = (scale: number): ChangeablePace => ({
  scale,
  /* A daemon that is stopped does not wait for a tape to be rewound. */
  delay: (milliseconds) => setTimeout(milliseconds, undefined, { ref: false }),
});

/** A pace as device.conf has it: off, real, 10x. */
export const paceText = ({ scale }: Pick<Pace, 'scale'>): string =>
  scale === 0 ? 'off' : scale === 1 ? 'real' : `${Math.round(1 / scale)}x`;

/** What `timing` does. @throws Refused */
export function setPace(pace: ChangeablePace, text: string | undefined): string {
  if (text !== undefined) {
    const read = DEVICE_KEYS.timing.kind.read(text.toLowerCase());
    if ('wrong' in read) throw new Refused('InvalidArgument', `timing ${read.wrong}`);
    pace.scale = read.value;
  }
  return `timing ${paceText(pace)}`;
}
