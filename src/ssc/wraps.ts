// SPDX-License-Identifier: GPL-2.0-or-later
// Where on the tape an object lies: serpentine recording, there and back in wraps, partitions beside each other.
import type { Volume } from '../medium/volume.js';
import type { DriveTiming } from './drive-timing.js';

/** To start, to stop, and to find the track. */
export const settleSeconds = 2;

export interface Place {
  /** Counted over the whole medium, from 0. Even ones lead away from the beginning of the tape. */
  readonly wrap: number;
  /** Metres from the beginning of the tape. */
  readonly metres: number;
}

/** The wraps a partition has. */
export interface WrapRange {
  readonly first: number;
  readonly count: number;
}

type Layout = Pick<Volume, 'partitionCount' | 'capacity'>;

/** Shares the wraps of the medium among its partitions, by their capacity; each has at least one. */
export function wrapsOf(volume: Layout, timing: DriveTiming): WrapRange[] {
  const numbers = Array.from({ length: volume.partitionCount }, (_, partition) => partition);
  const capacities = numbers.map((partition) => volume.capacity(partition));
  const total = capacities.reduce((sum, bytes) => sum + bytes, 0);
  const ranges: WrapRange[] = [];
  let first = 0;
  for (const partition of numbers) {
    const left = numbers.length - partition - 1;
    const share = Math.round((timing.wraps * capacities[partition]!) / Math.max(total, 1));
    const count =
      left === 0 ? timing.wraps - first : Math.min(Math.max(share, 1), timing.wraps - first - left);
    ranges.push({ first, count });
    first += count;
  }
  return ranges;
}

/** Bytes one wrap of a partition holds. */
export const bytesOfWrap = (volume: Layout, partition: number, { count }: WrapRange): number =>
  Math.max(1, Math.ceil(volume.capacity(partition) / count));

/** The place of the first byte of an object. */
export function placeOf(
  volume: Pick<Volume, 'partitionCount' | 'capacity' | 'used'>,
  timing: DriveTiming,
  partition: number,
  position: number,
): Place {
  const range = wrapsOf(volume, timing)[partition]!;
  const passed = volume.used(partition, position) / bytesOfWrap(volume, partition, range);
  const within = Math.min(Math.floor(passed), range.count - 1);
  const wrap = range.first + within;
  const along = Math.min(passed - within, 1) * timing.tapeMetres;
  return { wrap, metres: wrap % 2 === 0 ? along : timing.tapeMetres - along };
}

/** Seconds from one place to another. */
export function travelTime(timing: DriveTiming, from: Place, to: Place): number {
  const metres = Math.abs(from.metres - to.metres);
  if (metres === 0 && from.wrap === to.wrap) return 0;
  return metres / timing.locateSpeed + settleSeconds * (from.wrap === to.wrap ? 1 : 2);
}
