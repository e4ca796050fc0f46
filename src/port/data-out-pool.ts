// SPDX-License-Identifier: GPL-2.0-or-later
// Buffers for data-out: one for each task that runs, given back to the system when the unit is idle.
import { addon } from '../addon/addon.js';

/** What an idle buffer may keep: small transfers never pay for fresh pages. */
const KEPT = 64 << 10;
/** After that long without large transfers the pages go back to the system. */
const IDLE_MS = 1000;

/** Page-aligned memory over an ArrayBuffer of its own. */
export type Buffer = Uint8Array<ArrayBuffer>;

export class DataOutPool {
  readonly #size: number;
  readonly #limit: number;
  #made = 0;
  readonly #free: Buffer[] = [];
  /** Buffers of which more than KEPT bytes were used since they were trimmed. */
  readonly #large = new Set<Buffer>();
  #usedSinceTimer = false;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param size bytes of each buffer
   * @param limit most buffers there can be
   */
  constructor(size: number, limit: number) {
    this.#size = size;
    this.#limit = limit;
  }

  /** A buffer nobody uses, or null when all are in use. Its content is arbitrary. */
  take(): Buffer | null {
    const free = this.#free.pop();
    if (free) return free;
    if (this.#made >= this.#limit) return null;
    this.#made++;
    return new Uint8Array(addon().mapPages(this.#size, false));
  }

  /**
   * Takes a buffer back.
   * @param used bytes of it that were written
   */
  give(buffer: Buffer, used: number): void {
    this.#free.push(buffer);
    if (used <= KEPT) return;
    this.#large.add(buffer);
    this.#usedSinceTimer = true;
    this.#timer ??= setInterval(() => this.#trimWhenIdle(), IDLE_MS).unref();
  }

  /** Bytes are not given back any more: for the end of a port. */
  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #trimWhenIdle(): void {
    if (this.#usedSinceTimer) {
      this.#usedSinceTimer = false;
      return;
    }
    for (const buffer of this.#free)
      if (this.#large.delete(buffer)) addon().releasePages(buffer.buffer, KEPT);
    if (this.#large.size === 0) this.close();
  }
}
