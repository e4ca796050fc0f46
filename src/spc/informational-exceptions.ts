// SPDX-License-Identifier: GPL-2.0-or-later
// Informational exceptions: something to know that no command asked for, told as MRIE says (SPC-5 7.5.14).
import type { AdditionalSense } from '../sam/asc.js';
import { check, type Reply } from '../sam/reply.js';
import { type Sense, sense } from '../sam/sense.js';
import type { UnitAttentions } from '../sam/unit-attention.js';
import type { Clock } from './environment.js';

/** MRIE field values (SPC-5 table 470) that are not obsolete or reserved. */
export const reportingMethods = {
  never: 0,
  'unit attention': 2,
  'recovered error, if they are reported': 3,
  'recovered error': 4,
  'no sense': 5,
  'REQUEST SENSE': 6,
} as const;

const testCondition: AdditionalSense = 'FAILURE PREDICTION THRESHOLD EXCEEDED (FALSE)';

/** Of INTERVAL TIMER: the condition is reported once. */
const onlyOnce: readonly number[] = [0, 0xffffffff];
/** INTERVAL TIMER counts these. */
const milliseconds = 100;

/** What the Informational Exceptions Control mode page says. */
export interface ReportingRules {
  readonly DEXCPT: boolean;
  readonly MRIE: number;
  readonly intervalTimer: number;
  /** How often a condition is reported at most; 0: without end. */
  readonly reportCount: number;
}

/** What the exceptions need of their unit. */
interface Reporter {
  readonly clock: Clock;
  readonly attentions: UnitAttentions;
  /** PER of the error recovery page: recovered errors are reported. */
  readonly reportsRecoveredErrors: boolean;
  /** Undefined for a unit without the page. */
  readonly reportingRules: ReportingRules | undefined;
}

export class InformationalExceptions {
  readonly #unit: Reporter;
  #condition: AdditionalSense | undefined;
  #isBeingSet = false;
  #reports = 0;
  /** When it may be reported next, by {@link Clock.elapsed}. */
  #next = 0;

  constructor(unit: Reporter) {
    this.#unit = unit;
  }

  /** The command that makes a test does not report it: the next one does. */
  test(): void {
    this.occur(testCondition);
    this.afterThisCommand();
  }

  /** No test any more; what really happened stays. */
  endTest(): void {
    if (this.#condition === testCondition) this.clear();
  }

  /** What the present command made happen is reported with the next one. */
  afterThisCommand(): void {
    this.#isBeingSet = true;
  }

  /** Something happened. */
  occur(condition: AdditionalSense): void {
    const rules = this.#unit.reportingRules;
    if (!rules || rules.DEXCPT) return;
    this.#condition = condition;
    this.#reports = 0;
    this.#next = 0;
    this.#raise(rules);
  }

  /** The reason is gone. */
  clear(): void {
    this.#condition = undefined;
  }

  /** What becomes of a reply: with a command that did well the exception may take the place of its status. */
  attach(reply: Reply): Reply {
    const due = this.#isBeingSet ? undefined : this.#due();
    this.#isBeingSet = false;
    if (!due) return reply;
    const { rules, condition } = due;
    this.#raise(rules);
    const key = this.#keyFor(rules.MRIE);
    if (!key || reply.status !== 'GOOD') return reply;
    this.#reported(rules);
    return { ...reply, ...check(sense(key, condition)) };
  }

  /** What REQUEST SENSE returns of it, under the method that waits to be asked. */
  polled(): Sense | undefined {
    const due = this.#due();
    if (due?.rules.MRIE !== reportingMethods['REQUEST SENSE']) return undefined;
    this.#reported(due.rules);
    return sense('NO SENSE', due.condition);
  }

  #due() {
    const condition = this.#condition;
    if (!condition) return undefined;
    const rules = this.#unit.reportingRules;
    if (!rules || rules.DEXCPT) return undefined;
    if (rules.reportCount > 0 && this.#reports >= rules.reportCount) return undefined;
    return this.#unit.clock.elapsed() >= this.#next ? { rules, condition } : undefined;
  }

  #keyFor(MRIE: number): 'RECOVERED ERROR' | 'NO SENSE' | undefined {
    if (MRIE === reportingMethods['no sense']) return 'NO SENSE';
    const recovered =
      MRIE === reportingMethods['recovered error'] ||
      (MRIE === reportingMethods['recovered error, if they are reported'] &&
        this.#unit.reportsRecoveredErrors);
    return recovered ? 'RECOVERED ERROR' : undefined;
  }

  #raise(rules: ReportingRules): void {
    if (rules.MRIE !== reportingMethods['unit attention'] || !this.#condition) return;
    this.#unit.attentions.raise(this.#condition);
    this.#reported(rules);
  }

  #reported({ intervalTimer }: ReportingRules): void {
    this.#reports++;
    this.#next = onlyOnce.includes(intervalTimer)
      ? Number.POSITIVE_INFINITY
      : this.#unit.clock.elapsed() + intervalTimer * milliseconds;
  }
}
