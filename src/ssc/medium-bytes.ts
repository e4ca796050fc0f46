// SPDX-License-Identifier: GPL-2.0-or-later
// How many bytes the blocks written to a volume occupy on it. That is known late, when they are compressed.
import type { Volume } from '../medium/volume.js';
import type { Statistics } from './statistics.js';

/** Blocks written one after the other, and what has been counted of them. */
interface Run {
  readonly volume: Volume;
  readonly partition: number;
  readonly from: number;
  to: number;
  counted: number;
}

export class MediumBytes {
  readonly #statistics: Statistics;
  #run: Run | undefined;

  constructor(statistics: Statistics) {
    this.#statistics = statistics;
  }

  /** Told before an object is written at `position`, while everything written before is still there. */
  writes(volume: Volume, partition: number, position: number): void {
    const run = this.#run;
    if (run && run.volume === volume && run.partition === partition && run.to === position) {
      run.to++;
      return;
    }
    this.settle();
    this.#run = { volume, partition, from: position, to: position + 1, counted: 0 };
  }

  /** Brings `bytesToMedium` up to date; what is estimated now is corrected by a later call. */
  settle(): void {
    const run = this.#run;
    if (!run) return;
    const { volume, partition, from } = run;
    const to = Math.min(run.to, volume.endOfData(partition));
    const bytes = to > from ? volume.used(partition, to) - volume.used(partition, from) : 0;
    this.#statistics.count('bytesToMedium', bytes - run.counted);
    run.counted = bytes;
  }

  /** The blocks counted so far are about to go. */
  end(): void {
    this.settle();
    this.#run = undefined;
  }
}
