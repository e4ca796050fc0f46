// SPDX-License-Identifier: GPL-2.0-or-later
// The port whose initiators are the kernel's SCSI hosts: one unit of mhvtl.ko.
import { addon, type Device } from '../addon/addon.js';
import { hex } from '../bytes/hex.js';
import { status } from '../sam/reply.js';
import type { Completion, Task, TaskManagementResponse, TaskRouter } from '../sam/task.js';
import { type Buffer, DataOutPool } from './data-out-pool.js';
import { type Attachment, completionFault, type InitiatorPath, type Port } from './port.js';
import {
  managementOf,
  pathsOf,
  type Request,
  taskOf,
  writeCompletion,
  writeResponse,
} from './translation.js';
import * as uapi from './uapi.js';
import { attachUnit, openDevice, type UnitAddress } from './unit-device.js';

const { MHVTL } = uapi;

export interface KernelPortOptions extends UnitAddress {
  /** Told what went wrong inside; the port goes on. */
  readonly log: (message: string) => void;
  /** The module's device file. */
  readonly path?: string;
  /**
   * After a completion, how long to wait in the kernel for the next command: microseconds, at most
   * MHVTL.MAX_WAIT_US. It spares a busy unit the way through the event loop, which stands still meanwhile.
   */
  readonly waitMicroseconds?: number;
}

/** How long requests are served, one after the other, before the event loop gets its turn: nanoseconds. */
const BURST_NS = 50e6;

const nothing = new Uint8Array(0);

/** What ends a command the unit's program failed at: not BUSY, which initiators answer by repeating it. */
const aborted: Completion = {
  status: status['TASK ABORTED'],
  sense: nothing,
  dataIn: nothing,
  dataOutUsed: 0,
};

/** A request, and the buffer that holds its data-out; null when it has none. */
interface Fetched {
  readonly request: Request;
  readonly buffer: Buffer | null;
}

/** A command that has been run. */
interface Done {
  readonly task: Task;
  readonly completion: Completion;
  readonly queuedNs: number;
}

/** A reply that stands in `device.reply`, and the data that goes with it. */
interface Answer {
  readonly id: bigint;
  readonly dataIn: Uint8Array | null;
  /** Undefined when a task management request is answered. */
  readonly done: Done | undefined;
}

/** Everything a started port needs; gone when the port is closed. */
interface Unit {
  readonly device: Device;
  readonly pool: DataOutPool;
  readonly router: TaskRouter;
  readonly onAttached: (paths: InitiatorPath[]) => void;
  onLost: (reason: Error) => void;
  onClosed: () => void;
}

export class KernelPort implements Port {
  readonly #options: KernelPortOptions;
  #unit: Unit | undefined;
  /** The next request has data-out and all buffers are in use. */
  #starved = false;
  /** When the first request was answered since the event loop had its turn; 0: none was. By `device.times`. */
  #burstBegan = 0;

  constructor(options: KernelPortOptions) {
    this.#options = options;
  }

  async start(router: TaskRouter, onLost: (reason: Error) => void): Promise<Attachment> {
    const { device, ports } = openDevice(this.#options.path ?? '/dev/mhvtl');
    try {
      const takeover = attachUnit(device, this.#options);
      const paths = await this.#scan(device, ports, router);
      this.#unit!.onLost = onLost;
      this.#unit!.onClosed = () => {};
      if (paths.every(({ error }) => error !== undefined)) {
        await this.detach();
        throw this.#error(`no initiator port could make a device of it (${paths[0]?.error})`);
      }
      return { takeover, paths };
    } catch (error) {
      this.close();
      device.close();
      throw error;
    }
  }

  async detach(): Promise<void> {
    try {
      this.#unit?.device.detach();
    } finally {
      this.close();
    }
  }

  close(): void {
    const unit = this.#unit;
    this.#unit = undefined;
    unit?.device.close();
    unit?.pool.close();
    unit?.onClosed();
  }

  /** Serves the unit; fulfilled when the initiators have found it, rejected when that cannot be any more. */
  #scan(device: Device, ports: number, router: TaskRouter): Promise<InitiatorPath[]> {
    // One more than there can be tasks in flight: task management can be fetched, whatever runs.
    const pool = new DataOutPool(MHVTL.MAX_TRANSFER, this.#options.queueDepth * ports + 1);
    return new Promise((onAttached, onLost) => {
      const onClosed = (): void => onLost(this.#error('the port was closed during the scan'));
      this.#unit = { device, pool, router, onAttached, onLost, onClosed };
      this.#watch(device);
    });
  }

  #watch(device: Device): void {
    device.watch(() => {
      this.#burstBegan = 0;
      this.#serve(undefined);
    });
  }

  /** Delivers an answer, if there is one, and serves requests until none is left or the burst is over. */
  #serve(first: Answer | undefined): void {
    let answer = first;
    while (this.#unit && !this.#isBurstOver(this.#unit)) {
      const fetched = this.#exchange(this.#unit, answer, true);
      if (!fetched) return;
      answer = this.#dispatch(this.#unit, fetched);
      // Most promises are fulfilled in a moment, and their answer fetches the next request in the same
      // call. Meanwhile the descriptor stays readable, should there be any.
      if (!answer) return;
    }
    if (this.#unit && answer) this.#exchange(this.#unit, answer, false);
  }

  #isBurstOver({ device }: Unit): boolean {
    return this.#burstBegan > 0 && device.times[0]! - this.#burstBegan > BURST_NS;
  }

  #exchange(unit: Unit, answer: Answer | undefined, fetch: boolean): Fetched | undefined {
    const { device, pool } = unit;
    const wait = answer && fetch ? (this.#options.waitMicroseconds ?? 0) : 0;
    const buffer = fetch ? pool.take() : null;
    if (this.#starved && buffer) {
      this.#starved = false;
      this.#watch(device);
    }
    const got = device.exchange(!!answer, answer?.dataIn ?? null, fetch, buffer, wait);
    const [replyError = 0, fetchError = 0] = device.errors;
    if (answer) this.#replied(unit, answer, replyError);
    const request = got ? uapi.request.decode(device.request) : undefined;
    if (request && request.dataOutLength > 0) return { request, buffer };
    if (buffer) pool.give(buffer, 0);
    if (request) return { request, buffer: null };
    if (fetchError) this.#fetchFailed(unit, addon().errorName(fetchError), buffer === null);
    return undefined;
  }

  #replied({ device, router }: Unit, { id, done }: Answer, error: number): void {
    const [repliedNs = 0] = device.times;
    if (this.#burstBegan === 0) this.#burstBegan = repliedNs;
    if (error) this.#replyRefused(device, id, addon().errorName(error));
    if (done) router.answered?.(done.task, done.completion, done.queuedNs / 1e6, repliedNs / 1e6);
  }

  /** A task that was taken back needs no reply; after any other refusal it is in flight and must end. */
  #replyRefused(device: Device, id: bigint, name: string): void {
    if (name === 'ESTALE') return;
    this.#log(`the module refused a reply (${name}); its command ends as TASK ABORTED`);
    device.reply.set(uapi.reply.encode({ id, status: aborted.status }));
    device.exchange(true, null, false, null, 0);
  }

  #fetchFailed(unit: Unit, name: string, withoutBuffer: boolean): void {
    if (name === 'EINTR') return;
    if (name === 'EMSGSIZE' && withoutBuffer) {
      this.#starved = true;
      unit.device.unwatch();
      return;
    }
    unit.onLost(this.#error(`it was taken away from this process (${name})`));
    this.close();
  }

  #dispatch(unit: Unit, { request, buffer }: Fetched): Answer | undefined {
    if (request.type === MHVTL.REQ_COMMAND) return this.#command(unit, request, buffer);
    const data = buffer ? buffer.slice(0, request.dataOutLength) : nothing;
    if (buffer) unit.pool.give(buffer, data.length);
    if (request.type === MHVTL.REQ_TASK_MANAGEMENT) return this.#management(unit, request);
    if (request.type === MHVTL.REQ_ATTACHED) unit.onAttached(pathsOf(data));
    return undefined;
  }

  /** Runs a command: the answer now, or undefined and it is served later on its own. */
  #command(unit: Unit, request: Request, buffer: Buffer | null): Answer | undefined {
    const task = taskOf(request, buffer ? buffer.subarray(0, request.dataOutLength) : nothing);
    const finish = (completion: Completion): Answer => {
      const answer = this.#answer(unit, { task, completion, queuedNs: request.queuedNs });
      if (buffer) unit.pool.give(buffer, request.dataOutLength);
      return answer;
    };
    const serve = (completion: Completion): void => this.#serve(finish(completion));
    try {
      const result = unit.router.run(task);
      if (!(result instanceof Promise)) return finish(result);
      result.then(serve, (error) => serve(this.#abort(task, error)));
      return undefined;
    } catch (error) {
      return finish(this.#abort(task, error));
    }
  }

  #answer(unit: Unit, done: Done): Answer {
    const { task, completion } = done;
    const fault = completionFault(task, completion);
    if (fault)
      return this.#answer(unit, {
        ...done,
        completion: this.#abort(task, `bad completion: ${fault}`),
      });
    writeCompletion(unit.device.reply, task, completion);
    const dataIn = completion.dataIn.length > 0 ? completion.dataIn : null;
    return { id: task.id, dataIn, done };
  }

  #abort(task: Task, fault: unknown): Completion {
    const why = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    this.#log(`command ${hex(task.cdb)} ends as TASK ABORTED: ${why}`);
    return aborted;
  }

  #management(unit: Unit, request: Request): Answer {
    const management = managementOf(request);
    let response: TaskManagementResponse = 'FUNCTION REJECTED';
    try {
      if (management) response = unit.router.manage(management);
    } catch (error) {
      this.#log(`${management?.function} is rejected: ${(error as Error).stack}`);
    }
    writeResponse(unit.device.reply, request.id, response);
    return { id: request.id, dataIn: null, done: undefined };
  }

  #log(message: string): void {
    this.#options.log(`unit ${this.#options.unit}: ${message}`);
  }

  #error(message: string): Error {
    return new Error(`unit ${this.#options.unit}: ${message}`);
  }
}
