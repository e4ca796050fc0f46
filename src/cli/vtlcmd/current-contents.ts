// SPDX-License-Identifier: GPL-2.0-or-later
// library_contents with the cartridges where they are now: a library that reads it again moves none.
import { type ElementLine, elementsIn, withElement } from '../../config/edit-text.js';
import { contentsFile } from '../../config/load.js';
import { readText } from './change.js';
import type { Daemons } from './daemons.js';
import { Failure } from './failure.js';
import { type Place, placesOf } from './places.js';
import { contentsOf, type Units } from './units.js';

/** Where cartridges are: in slots and MAPs, by `Slot 1`, and in drives. */
interface Whereabouts {
  readonly places: ReadonlyMap<string, string | undefined>;
  readonly inDrives: ReadonlySet<string>;
}

const placeKey = ({ kind, number }: Pick<Place, 'kind' | 'number'>): string => `${kind} ${number}`;

const byPlace = (lines: readonly ElementLine[]): Map<string, string | undefined> =>
  new Map(lines.map((line) => [placeKey(line), line.content || undefined]));

/** What the running library says. */
async function told(library: number, daemons: Daemons): Promise<Whereabouts> {
  const places = new Map<string, string | undefined>();
  const inDrives = new Set<string>();
  for (const place of await placesOf(daemons, library)) {
    if (place.kind === 'Slot' || place.kind === 'MAP') places.set(placeKey(place), place.barcode);
    else if (place.barcode !== undefined) inDrives.add(place.barcode);
  }
  return { places, inDrives };
}

/** What a library that does not run has written last, if it is to: cartridges in drives stand in slots there. */
function written(units: Units, library: number): Whereabouts {
  const record = units.libraries.find(({ unit }) => unit === library)!;
  const text = readText(contentsFile(units.directory, record));
  return { places: byPlace(elementsIn(text, 'Slot', 'MAP')), inDrives: new Set() };
}

async function whereabouts(units: Units, library: number, daemons: Daemons): Promise<Whereabouts> {
  try {
    return await told(library, daemons);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return written(units, library);
  }
}

/** The text of the file, brought up to date with what the library has moved. Only lines that are wrong change. */
export async function currentContents(
  units: Units,
  library: number,
  daemons: Daemons,
): Promise<string> {
  let text = readText(contentsOf(units, library));
  const { places, inDrives } = await whereabouts(units, library, daemons);
  const before = byPlace(elementsIn(text, 'Slot', 'MAP'));
  for (const [place, barcode] of places) {
    const listed = before.get(place);
    // A cartridge in a drive keeps its line, if its slot has not been given away.
    if (barcode === listed || (barcode === undefined && inDrives.has(listed ?? ''))) continue;
    const [kind, number] = place.split(' ') as ['Slot' | 'MAP', string];
    text = withElement(text, kind, Number(number), barcode);
  }
  return text;
}
