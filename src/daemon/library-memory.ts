// SPDX-License-Identifier: GPL-2.0-or-later
// What a library with PERSIST remembers: the inventory, written to a file at every change.
import { statSync, utimesSync } from 'node:fs';
import { formatKept, type KeptNote } from '../config/kept-contents.js';
import type { ElementKind, LibraryContents, LibraryElement } from '../config/library-contents.js';
import { replaceFile } from '../config/replace-file.js';
import type { MediaChanger } from '../smc/changer.js';
import type { Element, ElementMap, ElementType } from '../smc/element.js';
import { wordFor } from './library-elements.js';
import type { Log } from './log.js';

/** Where a program that knows no notes finds the cartridges that are in drives: their slots, or the first free. */
function slotsForDrives(elements: ElementMap): Map<number, string> {
  const found = new Map<number, string>();
  const free = elements.of('storage').filter(({ cartridge }) => !cartridge);
  for (const { cartridge } of elements.of('data transfer')) {
    if (!cartridge) continue;
    const own = free.findIndex(({ address }) => address === cartridge.sourceStorageElement);
    const [slot] = free.splice(Math.max(own, 0), 1);
    if (slot) found.set(slot.number, cartridge.barcode);
  }
  return found;
}

/** The inventory as library_contents has it. */
function contentsOf(elements: ElementMap): LibraryContents {
  const lent = slotsForDrives(elements);
  const list = (type: ElementType): LibraryElement[] =>
    elements.of(type).map(({ number, cartridge }) => ({ number, content: cartridge?.barcode }));
  return {
    Drive: elements.of('data transfer').map(({ number }) => ({ number, content: undefined })),
    Picker: list('medium transport'),
    MAP: list('import/export'),
    Slot: list('storage').map(({ number, content }) => ({
      number,
      content: content ?? lent.get(number),
    })),
  };
}

/** Whether the line that lists the cartridge does not say everything. */
function needsNote({ type, address, cartridge }: Element): boolean {
  if (!cartridge) return false;
  if (type === 'data transfer') return true;
  const { sourceStorageElement: source } = cartridge;
  return source !== undefined && source !== address;
}

function noteOf(element: Element, elements: ElementMap): KeptNote {
  const { type, number } = element;
  const { barcode, sourceStorageElement } = element.cartridge!;
  const source =
    sourceStorageElement === undefined ? undefined : elements.at(sourceStorageElement)?.number;
  const kind: ElementKind = wordFor[type];
  const ejected = type === 'data transfer' && element.ejected;
  return { barcode, place: { kind, number }, ejected, source };
}

/** The text of the file. @param takenOut barcodes that are outside the library */
export function keptText(elements: ElementMap, takenOut: readonly string[]): string {
  const notes = elements.all.filter(needsNote).map((element) => noteOf(element, elements));
  const outside = takenOut.map(
    (barcode): KeptNote => ({ barcode, place: undefined, ejected: false, source: undefined }),
  );
  return formatKept(contentsOf(elements), [...notes, ...outside]);
}

const modified = (path: string): number | undefined =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs;

/** Keeps the file in step with the library. */
export class LibraryMemory {
  readonly #base: string;
  readonly #kept: string;
  readonly #log: Log;
  #baseReadAt: number | undefined;
  #written: string | undefined;
  #failing = false;

  /** @param files library_contents and the file to write */
  constructor({ base, kept }: { readonly base: string; readonly kept: string }, log: Log) {
    this.#base = base;
    this.#kept = kept;
    this.#log = log;
    this.read();
  }

  /** library_contents has been read: whoever changes it from now on is heard at the next start or reload. */
  read(): void {
    this.#baseReadAt = modified(this.#base);
    this.#written = undefined;
  }

  /** On stable storage when it returns. A failure is told once, and the library goes on. */
  write(changer: MediaChanger, takenOut: readonly string[]): void {
    const text = keptText(changer.elements, takenOut);
    if (text === this.#written) return;
    try {
      replaceFile(this.#kept, text);
      this.#letChangesCount();
      this.#written = text;
      if (this.#failing) this.#log.notice(`${this.#kept} is written again`);
      this.#failing = false;
    } catch (error) {
      if (!this.#failing)
        this.#log.error(
          `${this.#kept} cannot be written: ${(error as Error).message}. A restart will put cartridges where it last had them.`,
        );
      this.#failing = true;
    }
  }

  /** The newer of the two files counts at the next start: somebody's change of library_contents stays the newer. */
  #letChangesCount(): void {
    const now = modified(this.#base);
    if (now === undefined || this.#baseReadAt === undefined || now <= this.#baseReadAt) return;
    const before = new Date(this.#baseReadAt);
    utimesSync(this.#kept, before, before);
  }
}

/** Barcodes a library has taken out, from the file; none without one. */
export const takenOutIn = (notes: readonly KeptNote[]): string[] =>
  notes.filter(({ place }) => !place).map(({ barcode }) => barcode);
