// SPDX-License-Identifier: GPL-2.0-or-later
// A clock that tests set.
import type { Clock } from '../../src/spc/environment.js';

export class ManualClock implements Clock {
  /** 2026-01-02 03:04:05 UTC. */
  time = Date.UTC(2026, 0, 2, 3, 4, 5);
  #elapsed = 1000;

  now(): number {
    return this.time;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  /** Lets milliseconds go by. */
  pass(milliseconds: number): void {
    this.time += milliseconds;
    this.#elapsed += milliseconds;
  }
}
