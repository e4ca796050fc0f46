// SPDX-License-Identifier: GPL-2.0-or-later
// The elements of a library: what library_contents lists, with the drives device.conf puts in.
import type { KeptNote } from '../config/kept-contents.js';
import {
  type ElementKind,
  elementTypes,
  type LibraryContents,
  type LibraryElement,
} from '../config/library-contents.js';
import type { ElementPlan, ElementPlans, ElementType, FirstAddresses } from '../smc/element.js';
import type { RemoteDrive } from './library-drives.js';

/** The words of library_contents, which people know, for T10's. */
export const wordFor = Object.fromEntries(
  Object.entries(elementTypes).map(([word, type]) => [type, word]),
) as Readonly<Record<ElementType, ElementKind>>;

/** What a library remembers of its cartridges, by where they are: `Drive 1`. */
class Notes {
  readonly #byPlace = new Map<string, KeptNote>();
  readonly #inDrives = new Set<string>();
  readonly #first: FirstAddresses;

  constructor(notes: readonly KeptNote[], first: FirstAddresses) {
    this.#first = first;
    for (const note of notes) {
      if (!note.place) continue;
      this.#byPlace.set(`${note.place.kind} ${note.place.number}`, note);
      if (note.place.kind === 'Drive') this.#inDrives.add(note.barcode);
    }
  }

  /** The plan of an element that library_contents lists. */
  plan(kind: ElementKind, { number, content }: LibraryElement): ElementPlan {
    if (content === undefined || this.#inDrives.has(content)) return { number };
    const note = this.#byPlace.get(`${kind} ${number}`);
    if (note?.barcode !== content) return { number, barcode: content };
    return {
      number,
      barcode: content,
      source: this.#source(note),
      placedByLibrary: kind === 'MAP',
    };
  }

  /** What is in a drive. */
  inDrive(number: number): Pick<ElementPlan, 'barcode' | 'source' | 'ejected'> {
    const note = this.#byPlace.get(`Drive ${number}`);
    if (!note) return {};
    return { barcode: note.barcode, source: this.#source(note), ejected: note.ejected };
  }

  #source({ source }: KeptNote): number | undefined {
    return source === undefined ? undefined : this.#first.storage + source - 1;
  }
}

/**
 * @param drives by drive slot, counted from 1. There is a place for each, and for those in between, whether
 *   library_contents has a line for it or not
 * @param notes what the library remembers beside the contents
 * @param first addresses of the product, for the slots in the notes
 */
export function elementPlans(
  contents: LibraryContents,
  drives: ReadonlyMap<number, RemoteDrive>,
  notes: readonly KeptNote[],
  first: FirstAddresses,
): ElementPlans {
  const remembered = new Notes(notes, first);
  const places = Math.max(contents.Drive.length, ...drives.keys());
  const plan =
    (kind: ElementKind) =>
    (element: LibraryElement): ElementPlan =>
      remembered.plan(kind, element);
  return {
    'medium transport': contents.Picker.map(plan('Picker')),
    storage: contents.Slot.map(plan('Slot')),
    'import/export': contents.MAP.map(plan('MAP')),
    'data transfer': Array.from({ length: places }, (_, i) => ({
      number: i + 1,
      drive: drives.get(i + 1),
      ...(drives.has(i + 1) ? remembered.inDrive(i + 1) : {}),
    })),
  };
}
