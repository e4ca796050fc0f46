// SPDX-License-Identifier: GPL-2.0-or-later
// library_contents.<library>.persist: library_contents with what else a library remembers, in comments that
// mhvtl 1.8 skips.
import type { ElementKind, LibraryContents } from './library-contents.js';
import { linesOf } from './problem.js';

/** What a library remembers of a cartridge beside the line that lists it. */
export interface KeptNote {
  readonly barcode: string;
  /** Where it is; undefined: outside, taken out of the MAP. A cartridge in a drive is listed in a slot as well. */
  readonly place: { readonly kind: ElementKind; readonly number: number } | undefined;
  /** The drive has let it go. */
  readonly ejected: boolean;
  /** The slot it was last taken from. */
  readonly source: number | undefined;
}

/** `# E01001L8: in Drive 1, ejected, from Slot 5`, `# E01001L8: outside` */
const notePattern =
  /^# (?<barcode>\S+): (?:outside|in (?<kind>Drive|Picker|MAP|Slot) (?<number>\d+)(?<ejected>, ejected)?(?:, from Slot (?<source>\d+))?)$/;

export function formatNote({ barcode, place, ejected, source }: KeptNote): string {
  if (!place) return `# ${barcode}: outside`;
  const from = source === undefined ? '' : `, from Slot ${source}`;
  return `# ${barcode}: in ${place.kind} ${place.number}${ejected ? ', ejected' : ''}${from}`;
}

/** The notes in a file that {@link formatKept} made; none in one of mhvtl 1.8. */
export function parseNotes(text: string): KeptNote[] {
  return linesOf(text).flatMap((line) => {
    const groups = notePattern.exec(line.text)?.groups;
    if (!groups) return [];
    const { barcode, kind, number, ejected, source } = groups;
    return [
      {
        barcode: barcode!,
        place: kind && number ? { kind: kind as ElementKind, number: Number(number) } : undefined,
        ejected: ejected !== undefined,
        source: source === undefined ? undefined : Number(source),
      },
    ];
  });
}

/** The order in which mhvtl 1.8 writes the kinds is that of the addresses; it reads any. */
const kinds: readonly ElementKind[] = ['Drive', 'Picker', 'MAP', 'Slot'];

/**
 * The file.
 * @param contents with the cartridges that are in drives listed in slots
 */
export function formatKept(contents: LibraryContents, notes: readonly KeptNote[]): string {
  const head = [
    '# What is where in this library, written by vtllibrary at every change: do not edit.',
    '# It counts until library_contents is changed.',
    ...notes.map(formatNote),
  ];
  const blocks = kinds.map((kind) =>
    contents[kind].map(
      ({ number, content }) => `${kind} ${number}:${content ? ` ${content}` : ''}`,
    ),
  );
  return `${[head, ...blocks].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
