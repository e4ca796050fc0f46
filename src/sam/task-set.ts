// SPDX-License-Identifier: GPL-2.0-or-later
// The tasks a logical unit has accepted and not yet finished (SAM-6 3.1, task set).
import type { Nexus, Task, TaskAttribute } from './task.js';

const maximumCdbLength = 32;

/** A task in the task set. Its CDB has 32 bytes: what the initiator left out reads as zero. */
export class AcceptedTask implements Task {
  readonly id: bigint;
  readonly nexus: Nexus;
  readonly attribute: TaskAttribute;
  readonly cdb: Uint8Array;
  readonly dataOut: Uint8Array;
  readonly dataInRoom: number;
  /** What to do when the task is aborted while it runs. */
  whenAborted: (() => void) | undefined;

  constructor({ id, nexus, attribute, cdb, dataOut, dataInRoom }: Task) {
    this.id = id;
    this.nexus = nexus;
    this.attribute = attribute;
    this.cdb = cdb;
    if (cdb.length < maximumCdbLength) {
      this.cdb = new Uint8Array(maximumCdbLength);
      this.cdb.set(cdb);
    }
    this.dataOut = dataOut;
    this.dataInRoom = dataInRoom;
  }
}

export class TaskSet {
  readonly #tasks = new Set<AcceptedTask>();

  get size(): number {
    return this.#tasks.size;
  }

  add(task: AcceptedTask): void {
    this.#tasks.add(task);
  }

  has(task: AcceptedTask): boolean {
    return this.#tasks.has(task);
  }

  /** Takes a task out that has ended. False when it was aborted before: nobody waits for what it says. */
  finish(task: AcceptedTask): boolean {
    return this.#tasks.delete(task);
  }

  /**
   * Aborts tasks: one that waits will not run, one that runs is hurried, and its completion is void.
   * @returns the nexuses that lost one
   */
  abort(concerns: (task: Task) => boolean): Set<Nexus> {
    const aborted = [...this.#tasks].filter(concerns);
    for (const task of aborted) {
      this.#tasks.delete(task);
      task.whenAborted?.();
    }
    return new Set(aborted.map(({ nexus }) => nexus));
  }
}
