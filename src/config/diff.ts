// SPDX-License-Identifier: GPL-2.0-or-later
// What changes in a text, line by line, as diff(1) shows it.

/** Lines of context around a change. */
const CONTEXT = 2;

/** Lengths of the longest common subsequences of all ends of two lists. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i]![j] =
        a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  return table;
}

/** Every line of both, with what became of it. */
function marked(a: readonly string[], b: readonly string[]): string[] {
  const table = commonLengths(a, b);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(` ${a[i++]}`);
      j++;
    } else if (j >= b.length || (i < a.length && table[i + 1]![j]! >= table[i]![j + 1]!))
      lines.push(`-${a[i++]}`);
    else lines.push(`+${b[j++]}`);
  }
  return lines;
}

/** The changes of a file with their surroundings; empty when there are none. */
export function diff(file: string, before: string, after: string): string {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const from = Math.max(0, start - CONTEXT);
  const to = Math.max(0, end - CONTEXT);
  const lines = marked(a.slice(from, a.length - to), b.slice(from, b.length - to));
  const near = lines.map((_, i) =>
    lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some((line) => line[0] !== ' '),
  );
  const shown = lines.flatMap((line, i) => (near[i] ? [line] : near[i - 1] ? [' ...'] : []));
  return shown.length === 0 ? '' : [`--- ${file}`, `+++ ${file}`, ...shown].join('\n');
}
