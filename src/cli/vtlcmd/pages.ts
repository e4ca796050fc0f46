// SPDX-License-Identifier: GPL-2.0-or-later
// Answers of many lines, which come in messages of about a thousand characters: asked for one after the other.
import { type Daemons, obeyed } from './daemons.js';

/** Words whose answers go on from a number. */
export const PAGED = ['trace', 'inventory', 'faults'] as const;
export type Paged = (typeof PAGED)[number];

/**
 * All lines of `trace`, `inventory` or `faults`. Each line begins with its number, and the next question names the one after.
 * @param from first number wanted; undefined: what the daemon gives first
 */
export async function allLines(
  daemons: Daemons,
  unit: number,
  word: Paged,
  from: number | undefined,
): Promise<string[]> {
  const all: string[] = [];
  for (let next = from; ; ) {
    const text = await obeyed(daemons, unit, next === undefined ? `${word} ` : `${word} ${next} `);
    if (text === '') return all;
    const lines = text.split('\n');
    all.push(...lines);
    const after = Number.parseInt(lines.at(-1)!, 10) + 1;
    // What a daemon of mhvtl 1.8 says has no numbers and no end.
    if (!(after > (next ?? -1))) return all;
    next = after;
  }
}
