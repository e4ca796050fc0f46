// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario: what goes wrong when, in a file of commands for units and pauses. Read as a whole before it begins.
import { readFileSync } from 'node:fs';
import { understand } from '../../ipc/words.js';
import { Failure } from './failure.js';

/** What a line has done. */
export type Act =
  | { readonly kind: 'wait'; readonly seconds: number }
  /** A fault for a unit, or for a cartridge in whichever drive it is. */
  | { readonly kind: 'fault'; readonly which: string; readonly words: readonly string[] }
  | { readonly kind: 'say'; readonly unit: number; readonly words: readonly string[] };

export interface Scene {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  readonly act: Act;
}

/** Longest pause, in seconds. */
const LONGEST = 86_400;

/** What a line means, or the end of a sentence that says what is wrong with it. */
function actOf(text: string): Act | string {
  const words = text.split(/\s+/);
  const [first, ...rest] = words;
  if (first === 'wait') {
    const seconds = Number(rest[0]);
    return rest.length === 1 && seconds >= 0 && seconds <= LONGEST
      ? { kind: 'wait', seconds }
      : `wait takes a number of seconds, at most ${LONGEST}`;
  }
  if (first === 'faults' && rest[0] === 'add')
    return rest.length >= 3
      ? { kind: 'fault', which: rest[1]!, words: rest.slice(2) }
      : 'faults add takes a unit or barcode, and a fault';
  if (!/^\d+$/.test(first!)) return `${first} is no unit; there are also "wait" and "faults add"`;
  const said = understand(rest);
  return 'word' in said
    ? { kind: 'say', unit: Number(first), words: rest }
    : `${said.what} ${said.why}`;
}

/**
 * The lines of a scenario; empty ones and those that begin with # are left out.
 * @throws Failure naming every line that makes no sense
 */
export function readScenario(file: string): Scene[] {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${(error as Error).message}`);
  }
  const scenes: Scene[] = [];
  const wrong: string[] = [];
  for (const [i, each] of content.split('\n').entries()) {
    const text = each.trim();
    if (text === '' || text.startsWith('#')) continue;
    const act = actOf(text);
    if (typeof act === 'string') wrong.push(`${file}:${i + 1}: ${act}`);
    else scenes.push({ line: i + 1, text, act });
  }
  if (wrong.length > 0) throw new Failure(`Nothing was done:\n${wrong.join('\n')}`);
  return scenes;
}
