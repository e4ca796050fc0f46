// SPDX-License-Identifier: GPL-2.0-or-later
// Changes of bytes and of lines, for fuzzers.

export type UpTo = (n: number) => number;

/** Values that lengths and counts go wrong at. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

const inserted = (bytes: Buffer, at: number, more: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);

const edge = (bytes: Buffer, upTo: UpTo): Buffer => {
  const changed = Buffer.from(bytes);
  const width = [1, 2, 4][upTo(3)]!;
  if (changed.length < width) return changed;
  const at = upTo(changed.length - width + 1);
  const value = EDGES[upTo(EDGES.length)]! % 2 ** (8 * width);
  if (upTo(2) === 0) changed.writeUIntBE(value, at, width);
  else changed.writeUIntLE(value, at, width);
  return changed;
};

const flipped = (bytes: Buffer, upTo: UpTo): Buffer => {
  const changed = Buffer.from(bytes);
  if (changed.length > 0) changed[upTo(changed.length)]! ^= 1 << upTo(8);
  return changed;
};

/** One change of each kind: flip, overwrite, cut, repeat, insert. */
const BYTE_CHANGES: readonly ((bytes: Buffer, upTo: UpTo) => Buffer)[] = [
  flipped,
  edge,
  (bytes, upTo) => bytes.subarray(0, upTo(bytes.length + 1)),
  (bytes, upTo) => {
    const from = upTo(bytes.length + 1);
    return inserted(bytes, upTo(bytes.length + 1), bytes.subarray(from, from + 1 + upTo(64)));
  },
  (bytes, upTo) => inserted(bytes, upTo(bytes.length + 1), Buffer.alloc(1 + upTo(40), upTo(256))),
  (bytes, upTo) => {
    const from = upTo(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + upTo(40))]);
  },
];

/** Up to four changes of bytes. */
export function mutatedBytes(bytes: Buffer, upTo: UpTo): Buffer {
  let changed = bytes;
  for (let changes = 1 + upTo(4); changes > 0; changes--)
    changed = BYTE_CHANGES[upTo(BYTE_CHANGES.length)]!(changed, upTo);
  return changed;
}

/** What a line of a configuration may be changed into, or get more of. */
const ODD_WORDS = [
  ...['', '0', '-1', '00000000001', '99999999999999999999', '1e9', '0x10', 'NaN', '__proto__'],
  ...['constructor', '\0', '\ud800', 'é', '\u2028', '../../etc/passwd', '%s%n', '#', ':', '"'],
  ...[' '.repeat(5000), 'A'.repeat(70_000), '1:2:3:4:5:6:7:8:9', 'Library: 1', 'Drive: 1'],
];

const LINE_CHANGES: readonly ((lines: string[], at: number, upTo: UpTo) => void)[] = [
  (lines, at) => void lines.splice(at, 1),
  (lines, at, upTo) => void lines.splice(upTo(lines.length + 1), 0, lines[at]!),
  (lines, at, upTo) => {
    const words = lines[at]!.split(/(\s+|:)/);
    words[upTo(words.length)] = ODD_WORDS[upTo(ODD_WORDS.length)]!;
    lines[at] = words.join('');
  },
  (lines, at, upTo) => {
    const number = /\d+/.exec(lines[at]!);
    if (number) lines[at] = lines[at]!.replace(number[0], String(EDGES[upTo(EDGES.length)]!));
  },
  (lines, at, upTo) => {
    lines[at] = mutatedBytes(Buffer.from(lines[at]!), upTo).toString('latin1');
  },
];

/** Up to four changes of lines and words. */
export function mutatedText(text: string, upTo: UpTo): string {
  const lines = text.split('\n');
  for (let changes = 1 + upTo(4); changes > 0; changes--) {
    if (lines.length === 0) lines.push('');
    LINE_CHANGES[upTo(LINE_CHANGES.length)]!(lines, upTo(lines.length), upTo);
  }
  return lines.join('\n');
}
