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

/** Bytes kept of a CDB: all that there can be. */
const CDB_SIZE = 32;
/** Numbers kept of a command: time of the answer (see {@link now}), milliseconds, nexus, status, bytes in, bytes out. */
const NUMBERS = 6;

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
  /* Arrays that are filled again and again: objects would outlive a collection or two and be moved by each. */
  readonly #numbers = new Float64Array(KEPT * NUMBERS);
  readonly #cdbs = new Uint8Array(KEPT * CDB_SIZE);
  readonly #senses: Uint8Array[] = [];
  /** Commands since the start. */
  #count = 0;

  constructor({ commands }: { readonly commands: Pick<CommandSet<never>, 'of'> }) {
    this.#commandOf = (cdb) =>
      commands.of(cdb) ?? { name: 'unknown command', size: Math.min(cdb.length, 16) };
  }

  ended(task: Task, completion: Completion, milliseconds: number, at: number): void {
    const place = this.#count++ % KEPT;
    const numbers = this.#numbers;
    let next = place * NUMBERS;
    numbers[next++] = at;
    numbers[next++] = milliseconds;
    numbers[next++] = task.nexus;
    numbers[next++] = completion.status;
    numbers[next++] = completion.dataIn.length;
    numbers[next] = completion.dataOutUsed;
    this.#cdbs.fill(0, place * CDB_SIZE, (place + 1) * CDB_SIZE);
    this.#cdbs.set(task.cdb, place * CDB_SIZE);
    this.#senses[place] = completion.sense;
  }

  /** The latest commands, as many as one answer holds, oldest first. */
  latest(): string[] {
    return this.from(this.#count - LATEST);
  }

  /** The commands that are kept from number `from` on, a line each that begins with the number. */
  from(from: number): string[] {
    const lines: string[] = [];
    for (let i = Math.max(from, this.#count - KEPT, 0); i < this.#count; i++)
      lines.push(`${i} ${this.#line(i % KEPT)}`);
    return lines;
  }

  #line(place: number): string {
    const numbers = this.#numbers.subarray(place * NUMBERS);
    const [at = 0, milliseconds = 0, nexus, status = 0, dataIn, dataOut] = numbers;
    const cdb = this.#cdbs.subarray(place * CDB_SIZE, (place + 1) * CDB_SIZE);
    const sense = this.#senses[place]!;
    const time = new Date(Date.now() - now() + at).toISOString().slice(11, 23);
    const outcome = statusName(status);
    const { name, size } = this.#commandOf(cdb);
    const condition = sense.length > 0 ? ` ${senseCodes(sense)}` : '';
    return `${time} nexus ${nexus} ${name} [${hex(cdb.subarray(0, size))}] ${outcome}${condition} in ${dataIn} out ${dataOut} ${milliseconds.toFixed(2)} ms`;
  }
}
