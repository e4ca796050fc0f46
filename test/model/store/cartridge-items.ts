// SPDX-License-Identifier: GPL-2.0-or-later
// A cartridge as a list of items, and items as bytes.
import type { Volume } from '../../../src/medium/volume.js';
import { random } from '../random.js';
import type { Item } from './ledger.js';

const LONGEST = 1 << 17;
/** MAM attribute 0803h, USER MEDIUM TEXT LABEL. */
const LABEL = 0x0803;

/** The block of a number: partly random, partly not, its number in front. */
export function blockOf(number: number): Buffer {
  const upTo = random(number * 7919 + 1);
  const bytes = Buffer.alloc(4 + upTo(12_000), `block ${number} `);
  for (let at = 0; at < bytes.length / 3; at++) bytes[at] = upTo(256);
  bytes.writeUInt32LE(number, 0);
  return bytes;
}

export const setLabel = (volume: Volume, text: string): void =>
  volume.mam.write(LABEL, Buffer.from(text), 0);

export const labelOf = (volume: Volume): string =>
  Buffer.from(volume.mam.read(LABEL, 0) ?? [])
    .toString()
    .replace(/\0+$/, '');

/**
 * The objects of a partition.
 * @param known bytes of blocks that {@link blockOf} did not make, by number
 * @throws MediumError when one cannot be read
 */
async function itemsOf(
  volume: Volume,
  partition: number,
  known: ReadonlyMap<number, Uint8Array> = new Map(),
): Promise<Item[]> {
  const items: Item[] = [];
  const into = Buffer.alloc(LONGEST);
  const end = volume.endOfData(partition);
  for (let position = 0; position < end; position++) {
    const outcome = await volume.read(partition, position, into);
    if (outcome.kind === 'filemark') items.push('mark');
    else if (outcome.kind === 'block')
      items.push(numberOf(into.subarray(0, outcome.length), known));
    else throw new Error(`no object ${position} of ${end}`);
  }
  if (volume.kindAt(partition, end) !== 'end of data') throw new Error(`no end of data at ${end}`);
  return items;
}

/** The objects of all partitions. */
export const allItems = (
  volume: Volume,
  known: ReadonlyMap<number, Uint8Array> = new Map(),
): Promise<Item[][]> =>
  Promise.all(
    Array.from({ length: volume.partitionCount }, (_, partition) =>
      itemsOf(volume, partition, known),
    ),
  );

function numberOf(bytes: Buffer, known: ReadonlyMap<number, Uint8Array>): number {
  for (const [number, block] of known) if (bytes.equals(block)) return number;
  const number = bytes.readUInt32LE(0);
  if (!bytes.equals(blockOf(number))) throw new Error('a block nobody wrote');
  return number;
}
