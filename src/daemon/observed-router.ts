// SPDX-License-Identifier: GPL-2.0-or-later
// Looks at the commands on their way to a unit and back, without touching them.
import type { Completion, Task, TaskRouter } from '../sam/task.js';

export interface Observer {
  /** Told when a command arrives; it may have to wait for earlier ones. */
  began?(task: Task): void;
  /**
   * Told when the initiator has the answer.
   * @param milliseconds since it sent the command, waiting for earlier commands included
   * @param at the time of the answer, see {@link now}
   */
  ended(task: Task, completion: Completion, milliseconds: number, at: number): void;
}

/**
 * Milliseconds of CLOCK_MONOTONIC, by which the kernel module tells when commands come and go: to look at a clock here as
 * well would cost each command two system calls on some machines.
 */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** The same router, observed. */
export function observed(router: TaskRouter, observers: readonly Observer[]): TaskRouter {
  return {
    run(task) {
      for (const observer of observers) observer.began?.(task);
      return router.run(task);
    },
    manage: (request) => router.manage(request),
    answered(task, completion, sentAt, answeredAt) {
      for (const observer of observers)
        observer.ended(task, completion, answeredAt - sentAt, answeredAt);
    },
  };
}
