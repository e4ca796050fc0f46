// SPDX-License-Identifier: GPL-2.0-or-later
// The memory of accepted blocks: a ring, filled at one end and emptied at the other.
import { addon } from '../addon/addon.js';

/** A stretch of the ring that belongs to one block. */
export interface Region {
  /** Where it begins. */
  readonly at: number;
  length: number;
  free: boolean;
}

export class WriteRing {
  readonly size: number;
  readonly #memory: ArrayBuffer;
  /** In the order they were taken; the first one still in use bounds what can be taken. */
  readonly #regions: Region[] = [];
  #first = 0;
  /** Bytes of the memory that have been used since {@link release}. */
  #touched = 0;

  /** @param size bytes; they take no room before they are used */
  constructor(size: number) {
    this.size = size;
    this.#memory = addon().mapPages(size);
  }

  get #newest(): Region | undefined {
    return this.#regions.length > this.#first ? this.#regions.at(-1) : undefined;
  }

  /** Where a region of `length` bytes can begin; undefined when there is no room now. */
  #placeFor(length: number): number | undefined {
    const newest = this.#newest;
    if (!newest) return length <= this.size ? 0 : undefined;
    const oldest = this.#regions[this.#first]!;
    const end = newest.at + newest.length;
    if (newest.at < oldest.at) return end + length <= oldest.at ? end : undefined;
    if (end + length <= this.size) return end;
    return length <= oldest.at ? 0 : undefined;
  }

  /** A region of `length` bytes, at least 1; undefined when there is no room before others are given back. */
  take(length: number): Region | undefined {
    const at = this.#placeFor(Math.max(length, 1));
    if (at === undefined) return undefined;
    const region = { at, length: Math.max(length, 1), free: false };
    this.#regions.push(region);
    this.#touched = Math.max(this.#touched, at + region.length);
    return region;
  }

  /** Gives back all but `length` bytes of the region that was taken last. */
  shorten(region: Region, length: number): void {
    if (region === this.#newest) region.length = Math.max(length, 1);
  }

  give(region: Region): void {
    region.free = true;
    while (this.#first < this.#regions.length && this.#regions[this.#first]!.free) this.#first++;
    if (this.#first === this.#regions.length || this.#first >= 1024) {
      this.#regions.splice(0, this.#first);
      this.#first = 0;
    }
  }

  /** The bytes from `at` on. */
  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory, at, length);
  }

  /** Gives memory that is not in use back to the system. */
  release(): void {
    if (this.#newest || this.#touched === 0) return;
    addon().releasePages(this.#memory, 0);
    this.#touched = 0;
  }
}
