// SPDX-License-Identifier: GPL-2.0-or-later
// How long commands of a library may last (SPC-5 6.29.4): what an initiator should wait before it gives up.
import type { Command } from '../sam/command.js';
import type { CommandTimeouts } from '../spc/primary.js';
import type { MediaChanger } from './changer.js';
import { exchangeMedium } from './exchange-medium.js';
import {
  initializeElementStatus,
  initializeElementStatusWithRange,
  initializeElementStatusWithRangeE7,
} from './initialize-element-status.js';
import { moveMedium } from './move-medium.js';
import { positionToElement } from './position-to-element.js';

/** Seconds for one drive to write out and unload, and another to load: each may take two and a half minutes. */
const drives = 300;
/** Seconds for every other command. */
const other = 60;
/** Seconds of a look at one element. */
const look = 0.5;

const moves = new Map<string, number>([
  [positionToElement.name, 1],
  [moveMedium.name, 1],
  [exchangeMedium.name, 2],
]);
const inventories = new Set<string>(
  [
    initializeElementStatus,
    initializeElementStatusWithRange,
    initializeElementStatusWithRangeE7,
  ].map(({ name }) => name),
);

/** Whole seconds, from the time the product takes for a move. */
export function timeoutsOf(changer: MediaChanger, { name }: Command<never>): CommandTimeouts {
  const carried = moves.get(name);
  const seconds = Math.ceil(
    inventories.has(name)
      ? changer.elements.all.length * look
      : (carried ?? 0) * changer.traits.moveSeconds,
  );
  return { nominal: seconds, recommended: carried ? carried * drives + seconds : other + seconds };
}
