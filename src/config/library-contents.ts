// SPDX-License-Identifier: GPL-2.0-or-later
// library_contents.<library>: the elements of a library and the cartridges in them.
import { BARCODE, MAX_BARCODE_LENGTH } from './barcode.js';
import { nearest } from './nearest.js';
import {
  type Complaints,
  complaintsAbout,
  isComment,
  type Line,
  linesOf,
  type Parsed,
  parsed,
  WHOLE_FILE,
} from './problem.js';
import { ranges } from './ranges.js';
import { integer, type ValueKind, word } from './value-kinds.js';
import { takeVersion } from './version-line.js';

/** T10's words for the kinds of elements, by those of the file. */
export const elementTypes = {
  Drive: 'data transfer',
  Picker: 'medium transport',
  MAP: 'import/export',
  Slot: 'storage',
} as const;

/** The kinds of elements in the file's words. */
export type ElementKind = keyof typeof elementTypes;

/** A place in the library. */
export interface LibraryElement {
  /** Counted from 1 within its kind. */
  readonly number: number;
  /** Barcode of the cartridge; for a Drive the serial number written there. undefined if none. */
  readonly content: string | undefined;
}

/** The elements by kind, in ascending order of their numbers. */
export type LibraryContents = Readonly<Record<ElementKind, readonly LibraryElement[]>>;

/** What a line of each kind may say after the colon, and whether a gap in the numbers is filled. */
export const ELEMENT_KINDS: Readonly<
  Record<
    ElementKind,
    { readonly content: ValueKind<string>; readonly filled: boolean; readonly doc: string }
  >
> = (() => {
  const tag = word(MAX_BARCODE_LENGTH);
  const barcode: ValueKind<string> = {
    allowed: `${tag.allowed}: letters, digits, $ % + - _ and, except as the first, a dot`,
    read(text) {
      const result = tag.read(text);
      if ('wrong' in result || BARCODE.test(text)) return result;
      return { wrong: 'holds a character that a barcode cannot have' };
    },
  };
  return {
    Drive: { content: tag, filled: true, doc: `${elementTypes.Drive} element` },
    Picker: { content: barcode, filled: false, doc: `${elementTypes.Picker} element` },
    MAP: { content: barcode, filled: false, doc: `${elementTypes.MAP} element` },
    Slot: { content: barcode, filled: true, doc: `${elementTypes.Slot} element` },
  };
})();

/** Element addresses have 16 bits. */
export const ELEMENT_NUMBER = integer(1, 65535);

/** The version written by the generators of the reference. */
const NEWEST_VERSION = 2;

const KINDS = Object.keys(ELEMENT_KINDS) as ElementKind[];

/** What has been read: the content and line of each number. */
type Found = Record<
  ElementKind,
  Map<number, { readonly content: string | undefined; readonly line: Line }>
>;

/** Takes `Slot 5: BARCODE`. */
function takeElement(line: Line, found: Found, complaints: Complaints): void {
  const match = /^(\w+)\s*([^\s:]*)\s*:\s*(.*)$/.exec(line.text);
  const kind = KINDS.find((candidate) => candidate === match?.[1]);
  if (!match || kind === undefined) {
    const meant = nearest(/^\w*/.exec(line.text)![0], KINDS);
    const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
    complaints.error(
      line,
      'this is not an element',
      `Allowed: ${KINDS.join(', ')}, each with a number and a colon, as "Slot 1: E01001L8".${hint}`,
    );
    return;
  }
  const number = ELEMENT_NUMBER.read(match[2]!);
  if ('wrong' in number) {
    complaints.error(
      line,
      `the number of this ${kind} ${number.wrong}`,
      `Allowed: ${ELEMENT_NUMBER.allowed}.`,
    );
    return;
  }
  const earlier = found[kind].get(number.value);
  if (earlier) {
    complaints.error(
      line,
      `${kind} ${number.value} is given twice, first in line ${earlier.line.number}`,
      'Delete one of the two lines or number it anew.',
    );
    return;
  }
  found[kind].set(number.value, { content: readContent(line, kind, match[3]!, complaints), line });
}

/** Reads what stands after the colon, if anything. */
function readContent(
  line: Line,
  kind: ElementKind,
  text: string,
  complaints: Complaints,
): string | undefined {
  if (text === '') return undefined;
  const { content } = ELEMENT_KINDS[kind];
  const result = content.read(text);
  if ('value' in result) return result.value;
  const what = kind === 'Drive' ? 'serial number' : 'barcode';
  const comment = text.includes('#') ? ' A comment needs a line of its own.' : '';
  complaints.error(line, `the ${what} ${result.wrong}`, `Allowed: ${content.allowed}.${comment}`);
  return undefined;
}

/** No two cartridges share a barcode. */
function checkBarcodes(found: Found, complaints: Complaints): void {
  const holders = new Map<string, string>();
  const lines = KINDS.filter((kind) => kind !== 'Drive').flatMap((kind) =>
    [...found[kind]].map(([number, { content, line }]) => ({
      title: `${kind} ${number}`,
      content,
      line,
    })),
  );
  for (const { title, content, line } of lines.sort((a, b) => a.line.number - b.line.number)) {
    if (content === undefined) continue;
    const holder = holders.get(content);
    if (holder === undefined) holders.set(content, `${title} (line ${line.number})`);
    else
      complaints.error(
        line,
        `the barcode ${content} is also in ${holder}`,
        'A cartridge is in one place. Delete one of the two or give it another barcode.',
      );
  }
}

/** The elements of one kind in order, gaps filled where the kind has none. */
function elementsOf(kind: ElementKind, found: Found, complaints: Complaints): LibraryElement[] {
  const given = [...found[kind].keys()].sort((a, b) => a - b);
  const all = Array.from({ length: given.at(-1) ?? 0 }, (_, i) => i + 1);
  const missing = all.filter((number) => !found[kind].has(number));
  const { filled } = ELEMENT_KINDS[kind];
  if (missing.length > 0)
    complaints.warning(
      WHOLE_FILE,
      `there is no line for ${kind} ${ranges(missing)}`,
      filled
        ? 'It is taken as empty.'
        : 'The element addresses have a gap there. Number from 1 on to avoid it.',
    );
  return (filled ? all : given).map((number) => ({
    number,
    content: found[kind].get(number)?.content,
  }));
}

/**
 * Parses library_contents.<library>, or the .persist file a library writes.
 * Whether the addresses of the elements suffice for their numbers is for the product to say.
 * @param text the file's content
 * @param file its name, for the problems
 */
export function parseLibraryContents(text: string, file: string): Parsed<LibraryContents> {
  const complaints = complaintsAbout(file);
  const found: Found = { Drive: new Map(), Picker: new Map(), MAP: new Map(), Slot: new Map() };
  for (const line of linesOf(text))
    if (!isComment(line) && !takeVersion(line, NEWEST_VERSION, complaints))
      takeElement(line, found, complaints);
  checkBarcodes(found, complaints);
  if (found.Picker.size === 0)
    complaints.warning(
      WHOLE_FILE,
      'there is no Picker',
      'The library cannot move cartridges. Add "Picker 1:".',
    );
  const of = (kind: ElementKind): LibraryElement[] => elementsOf(kind, found, complaints);
  return parsed(
    { Drive: of('Drive'), Picker: of('Picker'), MAP: of('MAP'), Slot: of('Slot') },
    complaints,
  );
}
