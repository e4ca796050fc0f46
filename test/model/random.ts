// SPDX-License-Identifier: GPL-2.0-or-later
// Random numbers that a seed repeats.

/** Returns a function that gives numbers from 0 to n - 1 (xorshift32). */
export function random(seed: number): (n: number) => number {
  let state = seed | 1;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}
