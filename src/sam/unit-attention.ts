// SPDX-License-Identifier: GPL-2.0-or-later
// Unit attention conditions, kept for each I_T nexus (SAM-6 5.14).
import type { AdditionalSense } from './asc.js';
import { type Sense, sense } from './sense.js';
import type { Nexus } from './task.js';

/** Power on and resets, the weightiest first (SAM-6 6.2, table of unit attention condition precedence). */
const resets: readonly AdditionalSense[] = [
  'POWER ON, RESET, OR BUS DEVICE RESET OCCURRED',
  'POWER ON OCCURRED',
  'DEVICE INTERNAL RESET',
  'SCSI BUS RESET OCCURRED',
  'BUS DEVICE RESET FUNCTION OCCURRED',
  'I_T NEXUS LOSS OCCURRED',
];

/** 0 is the weightiest; all that is no reset comes last. */
function rank(condition: AdditionalSense): number {
  const found = resets.indexOf(condition);
  return found < 0 ? resets.length : found;
}

/** The queue after one more condition. A condition waits once, so a queue is no longer than the list of codes. */
function joined(queue: readonly AdditionalSense[], added: AdditionalSense): AdditionalSense[] {
  if (queue.includes(added)) return [...queue];
  if (rank(added) === resets.length) return [...queue, added];
  /* A reset makes what was waiting pointless, and a weightier one makes it pointless itself. */
  const weightier = queue.filter((each) => rank(each) < rank(added));
  return weightier.length > 0 ? weightier : [added];
}

export class UnitAttentions {
  readonly #waiting = new Map<Nexus, AdditionalSense[]>();

  #of(nexus: Nexus): AdditionalSense[] {
    return this.#waiting.get(nexus) ?? ['POWER ON OCCURRED'];
  }

  /** The nexuses that have been heard of. */
  nexuses(): Nexus[] {
    return [...this.#waiting.keys()];
  }

  /** Establishes the condition for every nexus, or for all but the one that caused it. */
  raise(condition: AdditionalSense, except?: Nexus): void {
    for (const nexus of this.#waiting.keys()) if (nexus !== except) this.raiseFor(nexus, condition);
  }

  /** Establishes the condition for one nexus. */
  raiseFor(nexus: Nexus, condition: AdditionalSense): void {
    this.#waiting.set(nexus, joined(this.#of(nexus), condition));
  }

  /** The condition to report next to this nexus, which is then cleared. A nexus that never spoke finds POWER ON. */
  take(nexus: Nexus): Sense | undefined {
    const queue = this.#waiting.get(nexus);
    if (queue?.length === 0) return undefined;
    const [condition, ...rest] = queue ?? this.#of(nexus);
    this.#waiting.set(nexus, rest);
    return condition && sense('UNIT ATTENTION', condition);
  }

  /** The same, but only what tells of a power on or reset. */
  takeReset(nexus: Nexus): Sense | undefined {
    const [next] = this.#of(nexus);
    return next && rank(next) < resets.length ? this.take(nexus) : undefined;
  }

  waits(nexus: Nexus): boolean {
    return this.#of(nexus).length > 0;
  }
}
