// SPDX-License-Identifier: GPL-2.0-or-later
// How long commands take: a histogram, as Prometheus has it.
import type { Completion, Task } from '../sam/task.js';
import type { Observer } from './observed-router.js';

/** Upper limits of the classes in milliseconds; the last class has none. */
export const latencyLimits = [0.1, 0.5, 1, 5, 10, 50, 100, 500, 1000, 10_000] as const;

export class Latency implements Observer {
  /** Commands in each class, those beyond the last limit at the end. */
  readonly classes: number[] = new Array<number>(latencyLimits.length + 1).fill(0);
  /** Milliseconds of all commands together. */
  total = 0;

  ended(_task: Task, _completion: Completion, milliseconds: number): void {
    const found = latencyLimits.findIndex((limit) => milliseconds <= limit);
    this.classes[found < 0 ? latencyLimits.length : found]! += 1;
    this.total += milliseconds;
  }
}
