// SPDX-License-Identifier: GPL-2.0-or-later
// Unit attention conditions, kept for each I_T nexus (SAM-6 5.14).
import { type AdditionalSense, additionalSenseCodes } from './asc.js';
import { type Sense, sense } from './sense.js';
import type { Nexus } from './task.js';

/** Power on and resets are told first and make what was waiting pointless (SAM-6 5.14.2). */
const isReset = (condition: AdditionalSense): boolean =>
  additionalSenseCodes[condition] >> 8 === 0x29;

export class UnitAttentions {
  readonly #waiting = new Map<Nexus, AdditionalSense[]>();
  /** What a nexus that never spoke will find. */
  #initial: AdditionalSense;

  constructor(initial: AdditionalSense = 'POWER ON OCCURRED') {
    this.#initial = initial;
  }

  #of(nexus: Nexus): AdditionalSense[] {
    let queue = this.#waiting.get(nexus);
    if (!queue) {
      queue = [this.#initial];
      this.#waiting.set(nexus, queue);
    }
    return queue;
  }

  /** Establishes the condition for every nexus, or for all but the one that caused it. */
  raise(condition: AdditionalSense, except?: Nexus): void {
    if (isReset(condition)) this.#initial = condition;
    for (const [nexus, queue] of this.#waiting) {
      if (nexus === except) continue;
      if (isReset(condition)) queue.length = 0;
      if (!queue.includes(condition)) queue.push(condition);
    }
  }

  /** The condition to report next to this nexus, which is then cleared. */
  take(nexus: Nexus): Sense | undefined {
    const condition = this.#of(nexus).shift();
    return condition && sense('UNIT ATTENTION', condition);
  }

  waits(nexus: Nexus): boolean {
    return this.#of(nexus).length > 0;
  }
}
