// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers as people write them: runs joined.

/** `[1, 2, 3, 7]` -> `'1-3, 7'`. The numbers must be in ascending order. */
export function ranges(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
}
