// SPDX-License-Identifier: GPL-2.0-or-later
// The threads of this process that work on blocks, for all cartridges it has open.
import os from 'node:os';
import { addon, type BlockWorkers } from '../addon/addon.js';

/** More threads than this are of no use to one drive. */
const MOST_THREADS = 4;

class Threads {
  /** For the addon's classes that give them work. */
  readonly workers: BlockWorkers;
  #waiting: (() => void)[] = [];

  constructor() {
    const { BlockWorkers } = addon();
    /* The caller works, too. */
    const threads = Math.max(1, Math.min(os.availableParallelism() - 1, MOST_THREADS));
    this.workers = new BlockWorkers(threads, () => {
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
  }

  /** Returns when something was read or appended, or at once when `come` says that it was. */
  async progress(come: () => boolean): Promise<void> {
    this.workers.want();
    /* Only now: what comes after this look is told. */
    if (come()) return;
    this.workers.wait();
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

let threads: Threads | undefined;

/** Started at the first call; they sleep while there is nothing to do. */
export function blockThreads(): Threads {
  threads ??= new Threads();
  return threads;
}
