// SPDX-License-Identifier: GPL-2.0-or-later
// The latest commands of a unit, by name and with times, for whoever wants to see what an initiator does.
import { hex } from '../bytes/hex.js';
import type { CommandSet } from '../sam/command-set.js';
import { status as statuses } from '../sam/reply.js';
import type { Completion, Task } from '../sam/task.js';
import { now, type Observer } from './observed-router.js';

/** How many are kept. */
const KEPT = 256;
/** How many `latest` returns. */
const LATEST = 5;

interface Entry {
  /** Of the answer, see {@link now}. */
  readonly at: number;
  readonly milliseconds: number;
  readonly nexus: number;
  readonly cdb: Uint8Array;
  readonly status: number;
  readonly sense: Uint8Array;
  readonly dataIn: number;
  readonly dataOut: number;
}

const statusNames = new Map(Object.entries(statuses).map(([name, code]) => [code as number, name]));

/** `GOOD`, `CHECK CONDITION`. */
export const statusName = (status: number): string => statusNames.get(status) ?? `status ${status}`;

/** Fixed format has bits beside the key (SPC-5 4.4.3), descriptor format has it alone (4.4.2). */
const isFixed = (sense: Uint8Array): boolean => (sense[0]! & 0x7e) === 0x70;

/** The sense key of sense data in either format; undefined without sense data. */
export const senseKeyOf = (sense: Uint8Array): number | undefined =>
  sense.length < 4 ? undefined : sense[isFixed(sense) ? 2 : 1]! & 0x0f;

/** Sense key and additional sense code of sense data in either format, as 3/11/00. */
export function senseCodes(sense: Uint8Array): string {
  const key = senseKeyOf(sense);
  if (key === undefined) return '';
  const [code, qualifier] = isFixed(sense) ? sense.subarray(12, 14) : sense.subarray(2, 4);
  return `${key.toString(16)}/${hex(Uint8Array.of(code ?? 0, qualifier ?? 0)).replace(' ', '/')}`;
}

export class Trace implements Observer {
  readonly #commandOf: (cdb: Uint8Array) => { readonly name: string; readonly size: number };
  readonly #entries: Entry[] = [];
  /** Commands since the start. */
  #count = 0;

  constructor({ commands }: { readonly commands: Pick<CommandSet<never>, 'of'> }) {
    this.#commandOf = (cdb) =>
      commands.of(cdb) ?? { name: 'unknown command', size: Math.min(cdb.length, 16) };
  }

  ended(task: Task, completion: Completion, milliseconds: number, at: number): void {
    this.#entries[this.#count++ % KEPT] = {
      at,
      milliseconds,
      nexus: task.nexus,
      cdb: task.cdb,
      status: completion.status,
      sense: completion.sense,
      dataIn: completion.dataIn.length,
      dataOut: completion.dataOutUsed,
    };
  }

  /** The latest commands, as many as one answer holds, oldest first. */
  latest(): string[] {
    return this.from(this.#count - LATEST);
  }

  /** The commands that are kept from number `from` on, a line each that begins with the number. */
  from(from: number): string[] {
    const lines: string[] = [];
    for (let i = Math.max(from, this.#count - KEPT, 0); i < this.#count; i++)
      lines.push(`${i} ${this.#line(this.#entries[i % KEPT]!)}`);
    return lines;
  }

  #line({ at, milliseconds, nexus, cdb, status, sense, dataIn, dataOut }: Entry): string {
    const time = new Date(Date.now() - now() + at).toISOString().slice(11, 23);
    const outcome = statusName(status);
    const { name, size } = this.#commandOf(cdb);
    const condition = sense.length > 0 ? ` ${senseCodes(sense)}` : '';
    return `${time} nexus ${nexus} ${name} [${hex(cdb.subarray(0, size))}] ${outcome}${condition} in ${dataIn} out ${dataOut} ${milliseconds.toFixed(2)} ms`;
  }
}
