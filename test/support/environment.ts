// SPDX-License-Identifier: GPL-2.0-or-later
// A clock that tests set, and movements that wait for it.
import type { Clock } from '../../src/spc/environment.js';
import type { Pace } from '../../src/ssc/mechanics.js';

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

export class ManualPace implements Pace {
  readonly scale: number;
  readonly #clock: ManualClock;
  #waiting: { readonly at: number; readonly wake: () => void }[] = [];

  constructor(clock: ManualClock, scale: number) {
    this.#clock = clock;
    this.scale = scale;
  }

  delay(milliseconds: number): Promise<void> {
    const at = this.#clock.elapsed() + milliseconds;
    return new Promise((wake) => this.#waiting.push({ at, wake }));
  }

  /** Lets seconds go by, and everything happen that was to happen in them. */
  async pass(seconds: number): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#clock.pass(seconds * 1000);
    const due = this.#waiting.filter(({ at }) => at <= this.#clock.elapsed());
    this.#waiting = this.#waiting.filter((each) => !due.includes(each));
    for (const { wake } of due) wake();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
