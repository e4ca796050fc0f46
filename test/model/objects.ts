// SPDX-License-Identifier: GPL-2.0-or-later
// A tape whose every object is known by its number, so that it needs no list to be checked.
import type { Volume } from '../../src/medium/volume.js';
import { random } from './random.js';

export const LONGEST = 40_000;

export const kindOfObject = (number: number): 'block' | 'filemark' =>
  number % 23 === 22 ? 'filemark' : 'block';

/** The block `number`: partly random, partly not. */
export function objectBytes(number: number): Uint8Array {
  const upTo = random(number * 7919 + 1);
  const bytes = Buffer.alloc(1 + upTo(LONGEST), `block ${number} `);
  for (let i = 0; i < bytes.length / 3; i++) bytes[i] = upTo(256);
  return bytes;
}

/** What is wrong with the objects from `first` to the end of data; undefined when nothing is. */
export async function wrongObject(volume: Volume, first = 0): Promise<string | undefined> {
  const into = Buffer.alloc(LONGEST);
  const end = volume.endOfData(0);
  for (let number = first; number < end; number++) {
    const outcome = await volume.read(0, number, into);
    if (outcome.kind !== kindOfObject(number)) return `${outcome.kind} at ${number}`;
    if (outcome.kind !== 'block') continue;
    if (!into.subarray(0, outcome.length).equals(objectBytes(number))) return `block ${number}`;
  }
  if (volume.kindAt(0, end) !== 'end of data') return `no end of data at ${end}`;
  return undefined;
}
