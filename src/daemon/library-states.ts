// SPDX-License-Identifier: GPL-2.0-or-later
// The states of a library in the words of mhvtl 1.8.
import type { Element, ElementType } from '../smc/element.js';
import type { Transfer } from '../smc/moves.js';
import type { ChangerEvent } from '../smc/surroundings.js';

const places: Readonly<Record<ElementType, string>> = {
  'medium transport': 'picker',
  storage: 'Storage slot',
  'import/export': 'MAP',
  'data transfer': 'drive',
};

const placeOf = ({ type, number }: Element): string => `${places[type]} ${number}`;

const movingLine = ({ cartridge, from, to }: Transfer): string =>
  `Moving ${cartridge.barcode} from ${placeOf(from)} to ${placeOf(to)}`;

const texts: Readonly<Record<Exclude<ChangerEvent['what'], 'moving'>, string>> = {
  idle: 'Idle',
  'opening MAP': 'Opening MAP',
  'closing MAP': 'Closing MAP',
  inventory: 'Robot Inventory',
  'initialising elements': 'Initialise Elements',
  online: 'Online',
  offline: 'Offline',
};

/** What a library says first. */
export const initialising = 'Initialising v2';

/** The lines that tell an event. */
export const linesFor = (event: ChangerEvent): string[] =>
  event.what === 'moving' ? event.transfers.map(movingLine) : [texts[event.what]];
