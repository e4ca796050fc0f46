// SPDX-License-Identifier: GPL-2.0-or-later
// The device server: puts tasks in order, runs them through the gates, and turns replies into bytes.
import type { Command } from './command.js';
import type { CommandSet } from './command-set.js';
import { admit, type Guarded } from './gates.js';
import { check, Refusal, type Reply, status } from './reply.js';
import { encodeSense, sense } from './sense.js';
import type {
  Completion,
  Nexus,
  Task,
  TaskManagement,
  TaskManagementResponse,
  TaskRouter,
} from './task.js';
import { AcceptedTask, type TaskSet } from './task-set.js';

/** What the device server needs of a unit beside the gates' questions. */
export interface Served<Unit> extends Guarded {
  /** The commands it has. */
  readonly commands: CommandSet<Unit>;
  readonly tasks: TaskSet;
  /** D_SENSE of the Control mode page (SPC-5 7.5.10). */
  readonly senseFormat: 'fixed' | 'descriptor';
  /**
   * A command that is still running was aborted: what it waits for should end now.
   * @returns what is called when the command has ended
   */
  interrupt(): () => void;
  /** A logical unit reset or target reset took place (SAM-6 6.3.3). */
  reset(): void;
  /** Told what a command that was run answers. Returns the reply, with what there is to tell beside it. */
  told(task: Task, reply: Reply): Reply;
  /** An initiator port is gone (SAM-6 6.3.4). */
  nexusLost(nexus: Nexus): void;
}

const nothing = (): void => {};
const noBytes = new Uint8Array(0);
/** More tasks at once are answered TASK SET FULL: more than any port lets in flight for one unit. */
const maximumTasks = 1024;

export class LogicalUnit<Unit extends Served<Unit>> implements TaskRouter {
  readonly #unit: Unit;
  readonly #reportBug: (task: Task, error: unknown) => void;
  /** What waits for the one that is running, in the order it will run. */
  readonly #waiting: (() => void)[] = [];
  #busy = false;

  /**
   * @param reportBug told when a command fails with anything but a refusal: the initiator sees HARDWARE ERROR,
   *   INTERNAL TARGET FAILURE
   */
  constructor(unit: Unit, reportBug: (task: Task, error: unknown) => void) {
    this.#unit = unit;
    this.#reportBug = reportBug;
  }

  /**
   * Runs a task. Tasks run one at a time in the order of arrival, HEAD OF QUEUE before those that wait; a command
   * that passes the queue (INQUIRY, REQUEST SENSE ...) does not wait for one that is still running. Never throws,
   * never rejects.
   */
  run(given: Task): Completion | Promise<Completion> {
    const task = new AcceptedTask(given);
    if (this.#unit.tasks.size >= maximumTasks)
      return this.#complete(task, undefined, { status: 'TASK SET FULL', dataOutUsed: 0 });
    this.#unit.tasks.add(task);
    if (this.#unit.commands.of(task.cdb)?.passesQueue === true) return this.#perform(task);
    if (!this.#busy) return this.#performAlone(task);
    return new Promise((resolve) => {
      const start = (): void => {
        const result = this.#performAlone(task);
        if (result instanceof Promise) void result.then(resolve);
        else resolve(result);
      };
      if (task.attribute === 'HEAD OF QUEUE') this.#waiting.unshift(start);
      else this.#waiting.push(start);
    });
  }

  /** Task management (SAM-6 7). A task that has started is told, and may end early; its completion is void. */
  manage(request: TaskManagement): TaskManagementResponse {
    const { tasks, attentions } = this.#unit;
    switch (request.function) {
      case 'ABORT TASK':
        tasks.abort(({ id }) => id === request.subject);
        break;
      case 'ABORT TASK SET':
        tasks.abort(({ nexus }) => nexus === request.nexus);
        break;
      case 'CLEAR TASK SET':
        for (const nexus of tasks.abort(() => true))
          if (nexus !== request.nexus)
            attentions.raiseFor(nexus, 'COMMANDS CLEARED BY ANOTHER INITIATOR');
        break;
      case 'I_T NEXUS RESET':
        tasks.abort(({ nexus }) => nexus === request.nexus);
        this.#unit.nexusLost(request.nexus);
        break;
      default:
        tasks.abort(() => true);
        this.#unit.reset();
    }
    return 'FUNCTION COMPLETE';
  }

  /**
   * Runs something that is no task (a cartridge coming or going) in order with the tasks: after those that
   * arrived before it, before those that arrive later.
   */
  inOrder<T>(action: () => Promise<T>): Promise<T> {
    const run = async (): Promise<T> => action();
    const runAlone = (): Promise<T> => {
      this.#busy = true;
      return this.#releaseAfter(run());
    };
    if (!this.#busy) return runAlone();
    return new Promise((resolve) => {
      this.#waiting.push(() => resolve(runAlone()));
    });
  }

  /** Performs a task; whatever else wants to run waits until it is done. */
  #performAlone(task: AcceptedTask): Completion | Promise<Completion> {
    this.#busy = true;
    const result = this.#perform(task);
    if (result instanceof Promise) return this.#releaseAfter(result);
    this.#busy = false;
    return result;
  }

  /** Lets those that wait run when `action` has ended. */
  #releaseAfter<T>(action: Promise<T>): Promise<T> {
    const done = (): void => {
      this.#busy = false;
      while (!this.#busy && this.#waiting.length > 0) this.#waiting.shift()!();
    };
    /* One turn later, so that whoever waits for this one hears of its end before that of the next. */
    void action.then(nothing, nothing).then(done);
    return action;
  }

  #perform(task: AcceptedTask): Completion | Promise<Completion> {
    if (!this.#unit.tasks.has(task)) return this.#aborted(task);
    const admitted = admit(this.#unit, this.#unit.commands, task);
    if (!('start' in admitted)) return this.#finish(task, undefined, admitted);
    try {
      const reply = admitted.start(this.#unit, task);
      if (!(reply instanceof Promise)) return this.#done(task, admitted, reply);
      task.whenAborted = () => {
        const ended = this.#unit.interrupt();
        void reply.then(ended, ended);
      };
      return reply.then(
        (later) => this.#done(task, admitted, later),
        (error: unknown) => this.#done(task, admitted, this.#failed(task, error)),
      );
    } catch (error) {
      return this.#done(task, admitted, this.#failed(task, error));
    }
  }

  /** INQUIRY and REQUEST SENSE carry no condition of the unit's own accord (SPC-5 7.5.14). */
  #done(task: AcceptedTask, command: Command<Unit>, reply: Reply): Completion {
    const told = command.passesUnitAttention ? reply : this.#unit.told(task, reply);
    return this.#finish(task, command, told);
  }

  #failed(task: Task, error: unknown): Reply {
    if (error instanceof Refusal) return check(error.sense, { dataOutUsed: 0 });
    this.#reportBug(task, error);
    return check(sense('HARDWARE ERROR', 'INTERNAL TARGET FAILURE'), { dataOutUsed: 0 });
  }

  #finish(task: AcceptedTask, command: Command<Unit> | undefined, reply: Reply): Completion {
    return this.#unit.tasks.finish(task)
      ? this.#complete(task, command, reply)
      : this.#aborted(task);
  }

  #aborted(task: AcceptedTask): Completion {
    return this.#complete(task, undefined, { status: 'TASK ABORTED', dataOutUsed: 0 });
  }

  /** The only place that cuts data-in: to the allocation length and to the initiator's buffer. */
  #complete(task: Task, command: Command<Unit> | undefined, reply: Reply): Completion {
    const allowed = Math.min(
      command?.allocationLength(task.cdb) ?? Number.POSITIVE_INFINITY,
      task.dataInRoom,
    );
    const dataIn = reply.dataIn ?? noBytes;
    /* The unit has its own copy of what it took; the buffer is used for other commands next. */
    if (this.#unit.commands.of(task.cdb)?.dataOutIsSecret) task.dataOut.fill(0);
    return {
      status: status[reply.status],
      sense: reply.sense ? encodeSense(reply.sense, this.#unit.senseFormat) : noBytes,
      dataIn: dataIn.length > allowed ? dataIn.subarray(0, allowed) : dataIn,
      dataOutUsed: reply.dataOutUsed ?? task.dataOut.length,
    };
  }
}
