// SPDX-License-Identifier: GPL-2.0-or-later
// A port whose initiators live in the same process: tests and tools speak to a unit without a kernel.
import type {
  Completion,
  Nexus,
  Task,
  TaskAttribute,
  TaskManagement,
  TaskManagementResponse,
  TaskRouter,
} from '../sam/task.js';
import { type Attachment, completionFault, type Port } from './port.js';
import { MHVTL } from './uapi.js';

/** A command as an initiator sends it. */
export interface Command {
  readonly cdb: Uint8Array;
  /** Data to send; the command cannot also take data-in. */
  readonly dataOut?: Uint8Array;
  /** Most bytes of data-in it takes; none when left out. */
  readonly dataInRoom?: number;
  readonly nexus?: Nexus;
  readonly attribute?: TaskAttribute;
  /** After that long the initiator aborts the task; it waits for ever when left out. */
  readonly timeoutMs?: number;
}

/** The task ended without a completion: the initiator or another took it back. */
export class TaskTakenBack extends Error {
  readonly reason: TaskManagement['function'] | 'DETACH';

  constructor(reason: TaskManagement['function'] | 'DETACH') {
    super(`the task was taken back by ${reason}`);
    this.name = 'TaskTakenBack';
    this.reason = reason;
  }
}

interface Flight {
  readonly task: Task;
  fail(reason: Error): void;
}

const nothing = new Uint8Array(0);

export class MemoryPort implements Port {
  #router: TaskRouter | undefined;
  #lastId = 0n;
  readonly #flights = new Map<bigint, Flight>();

  async start(router: TaskRouter): Promise<Attachment> {
    this.#router = router;
    return { takeover: false, paths: [{ nexus: 0, host: 0, channel: 0, target: 0, lun: 0 }] };
  }

  async detach(): Promise<void> {
    this.close();
  }

  close(): void {
    this.#router = undefined;
    this.#takeBack([...this.#flights.values()], 'DETACH');
  }

  /** Ids of the tasks in flight, oldest first. */
  get inFlight(): bigint[] {
    return [...this.#flights.keys()];
  }

  /**
   * Sends a command and waits for its end.
   * @throws TaskTakenBack; RangeError when the unit's completion breaks the rules
   */
  execute(command: Command): Promise<Completion> {
    const router = this.#attached();
    const task = this.#task(command);
    const sentAt = performance.now();
    return new Promise((resolve, reject) => {
      const timer =
        command.timeoutMs === undefined
          ? undefined
          : setTimeout(() => this.#abort(task), command.timeoutMs);
      const land = (): boolean => {
        clearTimeout(timer);
        return this.#flights.delete(task.id);
      };
      const fail = (reason: Error): void => {
        if (land()) reject(reason);
      };
      const finish = (completion: Completion): void => {
        const fault = completionFault(task, completion);
        if (fault) fail(new RangeError(`bad completion: ${fault}`));
        // A copy, as an initiator has: what the unit does with its buffers later does not matter.
        else if (land()) {
          resolve({ ...completion, dataIn: completion.dataIn.slice() });
          router.answered?.(task, completion, sentAt, performance.now());
        }
      };
      this.#flights.set(task.id, { task, fail });
      try {
        Promise.resolve(router.run(task)).then(finish, fail);
      } catch (error) {
        fail(error as Error);
      }
    });
  }

  /** Sends a task management request. What it is about is taken back before the unit is told. */
  manage(request: TaskManagement): TaskManagementResponse {
    const router = this.#attached();
    const concerned = [...this.#flights.values()].filter(
      ({ task }) => request.function !== 'ABORT TASK' || task.id === request.subject,
    );
    this.#takeBack(concerned, request.function);
    return router.manage(request);
  }

  #attached(): TaskRouter {
    if (!this.#router) throw new Error('no unit is attached to the port');
    return this.#router;
  }

  #task(command: Command): Task {
    const { cdb, dataOut = nothing, dataInRoom = 0, nexus = 0, attribute = 'SIMPLE' } = command;
    if (dataOut.length > 0 && dataInRoom > 0) throw new RangeError('data in both directions');
    if (cdb.length > MHVTL.CDB_SIZE) throw new RangeError(`a CDB of ${cdb.length} bytes`);
    this.#lastId++;
    return { id: this.#lastId, nexus, attribute, cdb, dataOut: dataOut.slice(), dataInRoom };
  }

  #abort(task: Task): void {
    this.manage({ function: 'ABORT TASK', nexus: task.nexus, subject: task.id });
  }

  #takeBack(flights: readonly Flight[], reason: TaskTakenBack['reason']): void {
    for (const flight of flights) flight.fail(new TaskTakenBack(reason));
  }
}
