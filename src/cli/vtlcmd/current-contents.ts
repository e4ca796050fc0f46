// SPDX-License-Identifier: GPL-2.0-or-later
// library_contents with the cartridges where they are now: a library that reads it again moves none.
import { elementsIn, withElement } from '../../config/edit-text.js';
import { contentsOf, readText } from './change.js';
import type { Daemons } from './daemons.js';
import { Failure } from './failure.js';
import { allLines } from './pages.js';
import type { Units } from './units.js';

/** What the running library says of its slots and MAPs, and which cartridges are in drives. */
async function whereabouts(library: number, daemons: Daemons) {
  const lines = await allLines(daemons, library, 'inventory', undefined);
  const places = new Map<string, string | undefined>();
  const inDrives = new Set<string>();
  for (const line of lines) {
    const [, kind, number, barcode] = line.split(' ');
    if (kind === 'Drive' || kind === 'Picker') inDrives.add(barcode!);
    else places.set(`${kind} ${number}`, barcode === '-' ? undefined : barcode);
  }
  return { places, inDrives };
}

/** The text of the file, brought up to date if the library runs. Only lines that are wrong change. */
export async function currentContents(
  units: Units,
  library: number,
  daemons: Daemons,
): Promise<string> {
  let text = readText(contentsOf(units, library));
  try {
    const { places, inDrives } = await whereabouts(library, daemons);
    const written = new Map(
      elementsIn(text, 'Slot', 'MAP').map(({ kind, number, content }) => [
        `${kind} ${number}`,
        content || undefined,
      ]),
    );
    for (const [place, barcode] of places) {
      const before = written.get(place);
      // A cartridge in a drive keeps its line, if its slot has not been given away.
      if (barcode === before || (barcode === undefined && inDrives.has(before ?? ''))) continue;
      const [kind, number] = place.split(' ') as ['Slot' | 'MAP', string];
      text = withElement(text, kind, Number(number), barcode);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  return text;
}
