// SPDX-License-Identifier: GPL-2.0-or-later
// The device server: puts tasks in order, runs them through the gates, and turns replies into bytes.
import type { Command } from './command.js';
import type { CommandSet } from './command-set.js';
import { admit, type Guarded } from './gates.js';
import { check, Refusal, type Reply, status } from './reply.js';
import { encodeSense, sense } from './sense.js';
import type {
  Completion,
  Task,
  TaskManagement,
  TaskManagementResponse,
  TaskRouter,
} from './task.js';

/** What the device server needs of a unit beside the gates' questions. */
export interface Served<Unit> extends Guarded {
  /** The commands it has. */
  readonly commands: CommandSet<Unit>;
  /** D_SENSE of the Control mode page (SPC-5 7.5.10). */
  readonly senseFormat: 'fixed' | 'descriptor';
  /** A logical unit reset or target reset took place (SAM-6 6.3.3). */
  reset(): void;
}

const noBytes = new Uint8Array(0);
const maximumCdbLength = 32;

/** A CDB that was sent shorter than its command reads as if the rest were zero. */
function padded(task: Task): Task {
  if (task.cdb.length >= maximumCdbLength) return task;
  const cdb = new Uint8Array(maximumCdbLength);
  cdb.set(task.cdb);
  return { ...task, cdb };
}

export class LogicalUnit<Unit extends Served<Unit>> implements TaskRouter {
  readonly #unit: Unit;
  readonly #reportBug: (task: Task, error: unknown) => void;
  /** Tasks that have been accepted and neither completed nor been aborted. */
  readonly #taskSet = new Set<Task>();
  #last: Promise<unknown> | undefined;

  /**
   * @param reportBug told when a command fails with anything but a refusal: the initiator sees HARDWARE ERROR,
   *   INTERNAL TARGET FAILURE
   */
  constructor(unit: Unit, reportBug: (task: Task, error: unknown) => void) {
    this.#unit = unit;
    this.#reportBug = reportBug;
  }

  /**
   * Runs a task. Tasks run in the order of arrival, one at a time; a command that passes the queue (INQUIRY,
   * REQUEST SENSE ...) does not wait for one that is still running. Never throws, never rejects.
   */
  run(task: Task): Completion | Promise<Completion> {
    const full = padded(task);
    const passes = this.#unit.commands.of(full.cdb)?.passesQueue === true;
    this.#taskSet.add(full);
    if (this.#last === undefined || passes) return this.#track(full, this.#execute(full), passes);
    const after = this.#last.then(() => this.#execute(full));
    return this.#track(full, after, false) as Promise<Completion>;
  }

  /** Task management (SAM-6 7). A task that has started cannot be undone; its completion is void. */
  manage(request: TaskManagement): TaskManagementResponse {
    if (request.function === 'ABORT TASK') {
      for (const task of this.#taskSet) if (task.id === request.subject) this.#taskSet.delete(task);
      return 'FUNCTION COMPLETE';
    }
    this.#taskSet.clear();
    this.#unit.reset();
    return 'FUNCTION COMPLETE';
  }

  /**
   * Runs something that is no task (a cartridge coming or going) in order with the tasks: after those that
   * arrived before it, before those that arrive later.
   */
  inOrder<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last === undefined ? action() : this.#last.then(action);
    const settled: Promise<unknown> = result
      .catch(() => undefined)
      .finally(() => {
        if (this.#last === settled) this.#last = undefined;
      });
    this.#last = settled;
    return result;
  }

  /** Keeps the order: later tasks wait for this one if it takes time. */
  #track(
    task: Task,
    result: Completion | Promise<Completion>,
    passes: boolean,
  ): Completion | Promise<Completion> {
    if (!(result instanceof Promise)) {
      this.#taskSet.delete(task);
      return result;
    }
    const done = result.finally(() => {
      this.#taskSet.delete(task);
      if (this.#last === done) this.#last = undefined;
    });
    if (!passes) this.#last = done;
    return done;
  }

  #execute(task: Task): Completion | Promise<Completion> {
    if (!this.#taskSet.has(task))
      return this.#complete(task, undefined, { status: 'TASK ABORTED' });
    const admitted = admit(this.#unit, this.#unit.commands, task);
    if (!('start' in admitted)) return this.#complete(task, undefined, admitted);
    try {
      const reply = admitted.start(this.#unit, task);
      return reply instanceof Promise
        ? reply.then(
            (later) => this.#complete(task, admitted, later),
            (error: unknown) => this.#complete(task, admitted, this.#failed(task, error)),
          )
        : this.#complete(task, admitted, reply);
    } catch (error) {
      return this.#complete(task, admitted, this.#failed(task, error));
    }
  }

  #failed(task: Task, error: unknown): Reply {
    if (error instanceof Refusal) return check(error.sense, { dataOutUsed: 0 });
    this.#reportBug(task, error);
    return check(sense('HARDWARE ERROR', 'INTERNAL TARGET FAILURE'), { dataOutUsed: 0 });
  }

  /** The only place that cuts data-in: to the allocation length and to the initiator's buffer. */
  #complete(task: Task, command: Command<Unit> | undefined, reply: Reply): Completion {
    const allowed = Math.min(
      command?.allocationLength(task.cdb) ?? Number.POSITIVE_INFINITY,
      task.dataInRoom,
    );
    const dataIn = reply.dataIn ?? noBytes;
    return {
      status: status[reply.status],
      sense: reply.sense ? encodeSense(reply.sense, this.#unit.senseFormat) : noBytes,
      dataIn: dataIn.length > allowed ? dataIn.subarray(0, allowed) : dataIn,
      dataOutUsed: reply.dataOutUsed ?? task.dataOut.length,
    };
  }
}
