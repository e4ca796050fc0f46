// SPDX-License-Identifier: GPL-2.0-or-later
// Changes the texts of device.conf and library_contents and leaves everything else in them as it is.
import type { UnitKind } from './device-keys.js';
import type { ElementKind } from './library-contents.js';

const HEAD = /^\s*(Library|Drive)\s*:\s*0*(\d+)\b/;

const isBlankOrComment = (line: string): boolean => /^\s*(#|$)/.test(line);

/** Where a record stands: its head line, and the line after its last key. */
interface Extent {
  readonly unit: number;
  readonly kind: UnitKind;
  readonly start: number;
  readonly end: number;
}

function recordsIn(lines: readonly string[]): Extent[] {
  const heads = lines.flatMap((line, start) => {
    const match = HEAD.exec(line);
    return match ? [{ unit: Number(match[2]), kind: match[1] as UnitKind, start }] : [];
  });
  return heads.map((head, i) => {
    let end = heads[i + 1]?.start ?? lines.length;
    // A comment after the blank line that ends a record speaks of the next one.
    const blank = lines.slice(head.start, end).findIndex((line) => line.trim() === '');
    if (blank >= 0 && lines.slice(head.start + blank, end).every(isBlankOrComment))
      end = head.start + blank;
    return { ...head, end };
  });
}

/**
 * device.conf with another record: behind that of unit `after`, or at the end.
 * @param record its lines, the head line first
 */
export function withRecord(text: string, record: readonly string[], after?: number): string {
  const lines = text.replace(/\n*$/, '').split('\n');
  const extent = recordsIn(lines).find(({ unit }) => unit === after);
  const at = extent?.end ?? lines.length;
  const rest = lines.slice(at);
  const gap = rest.length > 0 && rest[0]!.trim() !== '' ? [''] : [];
  return `${[...lines.slice(0, at), '', ...record, ...gap, ...rest].join('\n')}\n`;
}

/** device.conf without the record of a unit. Comments around it stay. */
export function withoutRecord(text: string, unit: number): string {
  const lines = text.split('\n');
  const extent = recordsIn(lines).find((each) => each.unit === unit);
  if (!extent) return text;
  const after = lines[extent.end]?.trim() === '' ? extent.end + 1 : extent.end;
  const left = [...lines.slice(0, extent.start), ...lines.slice(after)].join('\n');
  return left.endsWith('\n') ? left : `${left}\n`;
}

/** device.conf with a key of a unit set: its line changed, or one added to the record. */
export function withKey(text: string, unit: number, key: string, value: string): string {
  const lines = text.split('\n');
  const extent = recordsIn(lines).find((each) => each.unit === unit);
  if (!extent) return text;
  const own = new RegExp(`^(\\s*)${key.replaceAll(' ', '\\s+')}\\s*:`);
  const record = lines.slice(extent.start, extent.end);
  const at = record.findIndex((line) => own.test(line));
  if (at >= 0) lines[extent.start + at] = `${own.exec(record[at]!)![1]}${key}: ${value}`;
  else {
    const last = record.map((line) => !isBlankOrComment(line)).lastIndexOf(true);
    lines.splice(extent.start + last + 1, 0, ` ${key}: ${value}`);
  }
  return lines.join('\n');
}

const elementPattern = (kind: ElementKind, number?: number): RegExp =>
  new RegExp(`^(\\s*${kind}\\s*0*)(${number ?? '\\d+'})(\\s*:)(.*)$`);

const elementLine = (kind: ElementKind, number: number, content: string | undefined): string =>
  content === undefined ? `${kind} ${number}:` : `${kind} ${number}: ${content}`;

/** A line of library_contents: `content` is its first word after the colon, or empty. */
export interface ElementLine {
  readonly kind: ElementKind;
  readonly number: number;
  readonly content: string;
}

/** The lines of library_contents for elements of some kinds, in their order, whatever else is wrong with the text. */
export function elementsIn(text: string, ...kinds: readonly ElementKind[]): ElementLine[] {
  const patterns = kinds.map((kind) => [kind, elementPattern(kind)] as const);
  return text.split('\n').flatMap((line) =>
    patterns.flatMap(([kind, pattern]) => {
      const match = pattern.exec(line);
      if (!match) return [];
      return [{ kind, number: Number(match[2]), content: match[4]!.trim().split(/\s/)[0]! }];
    }),
  );
}

/** library_contents with something in a place, which is made if there is no line for it. */
export function withElement(
  text: string,
  kind: ElementKind,
  number: number,
  content: string | undefined,
): string {
  const lines = text.replace(/\n*$/, '').split('\n');
  const own = elementPattern(kind, number);
  const at = lines.findIndex((line) => own.test(line));
  if (at >= 0) {
    const [, lead, digits, colon] = own.exec(lines[at]!)!;
    lines[at] = `${lead}${digits}${colon}${content === undefined ? '' : ` ${content}`}`;
    return `${lines.join('\n')}\n`;
  }
  lines.splice(placeFor(lines, kind, number), 0, elementLine(kind, number, content));
  return `${lines.join('\n')}\n`;
}

/** Where the line of an element goes: in the order of the numbers, whatever comments stand between. */
function placeFor(lines: readonly string[], kind: ElementKind, number: number): number {
  const any = elementPattern(kind);
  const isBefore = (line: string): boolean => Number(any.exec(line)?.[2] ?? Infinity) < number;
  return lines.reduce((found, line, i) => (isBefore(line) ? i + 1 : found), 0) || lines.length;
}

/** library_contents with empty places behind the last of their kind. @param numbers in ascending order */
export function withElements(text: string, kind: ElementKind, numbers: readonly number[]): string {
  const lines = text.replace(/\n*$/, '').split('\n');
  const added = numbers.map((number) => elementLine(kind, number, undefined));
  lines.splice(placeFor(lines, kind, numbers[0]!), 0, ...added);
  return `${lines.join('\n')}\n`;
}

/** library_contents without a place. */
export function withoutElement(text: string, kind: ElementKind, number: number): string {
  const own = elementPattern(kind, number);
  return text
    .split('\n')
    .filter((line) => !own.test(line))
    .join('\n');
}
