// SPDX-License-Identifier: GPL-2.0-or-later
// Looks at the commands on their way to a unit and back, without touching them.
import type { Completion, Task, TaskRouter } from '../sam/task.js';

export interface Observer {
  /** Told when a command arrives; it may have to wait for earlier ones. */
  began?(task: Task): void;
  /**
   * @param milliseconds from arrival to completion, waiting for earlier commands included
   * @param at the time of completion by `performance.now()`
   */
  ended(task: Task, completion: Completion, milliseconds: number, at: number): void;
}

/** The same router, observed. */
export function observed(router: TaskRouter, observers: readonly Observer[]): TaskRouter {
  const tell = (task: Task, completion: Completion, since: number): Completion => {
    const at = performance.now();
    for (const observer of observers) observer.ended(task, completion, at - since, at);
    return completion;
  };
  return {
    run(task) {
      const since = performance.now();
      for (const observer of observers) observer.began?.(task);
      const completion = router.run(task);
      return completion instanceof Promise
        ? completion.then((done) => tell(task, done, since))
        : tell(task, completion, since);
    },
    manage: (request) => router.manage(request),
  };
}
