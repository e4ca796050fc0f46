// SPDX-License-Identifier: GPL-2.0-or-later
// The known name a misspelt one was probably meant to be.

/** Number of characters to insert, delete or replace to make `b` of `a` (Levenshtein). */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, previous[j]! + 1, row[j - 1]! + 1));
    }
    previous = row;
  }
  return previous[b.length]!;
}

/** The name nearest to `given`, or undefined if none is near enough to be meant. Case is free. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.floor(given.length / 3) + 1;
  for (const name of names) {
    /* So many steps at least; and a line of a megabyte is compared with nothing. */
    if (Math.abs(given.length - name.length) >= least) continue;
    const steps = distance(given.toLowerCase(), name.toLowerCase());
    if (steps < least) {
      least = steps;
      best = name;
    }
  }
  return best;
}
