// SPDX-License-Identifier: GPL-2.0-or-later
// The commands drives and libraries have in common.
import { type Fault, FaultError, type Faults } from '../faults/faults.js';
import type { WordOf } from '../ipc/words.js';
import { type AdditionalSense, additionalSenseCodes } from '../sam/asc.js';
import type { UnitAttentions } from '../sam/unit-attention.js';
import { type Handlers, Refused } from './administration.js';
import { type Latency, latencyLimits } from './latency.js';
import { highestVerbosity, type Verbosity } from './log.js';
import { type ChangeablePace, setPace } from './pace.js';
import type { Trace } from './trace.js';

/** Level after `verbose` at level 0, as the programs always did. */
const LEVEL_AFTER_NONE = 3;

export interface UnitParts {
  readonly faults: Faults;
  readonly trace: Trace;
  readonly latency: Latency;
  /** Events since the unit was made or started. */
  counters(): Readonly<Record<string, number>>;
  /** What `TapeAlert` does with flags. */
  setAlerts(flags: bigint): void;
  readonly attentions: UnitAttentions;
  readonly verbosity: Verbosity;
  readonly pace: ChangeablePace;
  /** Ends the daemon in order. */
  stop(): void;
  /** The state, to be printed as JSON. */
  status(): Readonly<Record<string, unknown>>;
}

type Common = Pick<Handlers<'drive'>, Extract<WordOf<'drive'>, WordOf<'library'>>>;

/** Faults that are over as soon as they are made. */
function strikeAtOnce({ kind, parameters, number }: Fault, parts: UnitParts): void {
  if (kind === 'tape-alert')
    parts.setAlerts(BigInt(`0x${parameters['flags']!.replace(/^0x/i, '')}`));
  else if (kind === 'attention') {
    const code = Number.parseInt(parameters['code']!, 16);
    const known = Object.entries(additionalSenseCodes).find(([, each]) => each === code);
    if (!known) {
      parts.faults.remove(number);
      throw new Refused(
        'InvalidArgument',
        `no additional sense code ${parameters['code']} is known`,
      );
    }
    parts.attentions.raise(known[0] as AdditionalSense);
  } else return;
  parts.faults.strike(kind, (each) => each.number === number);
}

/** Most characters of an answer in lines: what fits a message. */
const ANSWER_LIMIT = 900;

/** As many of the lines as fit. */
export function fitting(lines: readonly string[]): string {
  let length = 0;
  const last = lines.findIndex((line) => {
    length += line.length + 2;
    return length > ANSWER_LIMIT;
  });
  return lines.slice(0, last < 0 ? undefined : Math.max(1, last)).join('\n');
}

/** What every unit does about the commands that every unit has. */
export function unitHandlers(parts: UnitParts): Common {
  const { verbosity } = parts;
  const level = (): string => `log level ${verbosity.level}`;
  let before = verbosity.level;
  return {
    verbose() {
      verbosity.level = verbosity.level > 0 ? verbosity.level - 1 : LEVEL_AFTER_NONE;
      return level();
    },
    debug() {
      if (verbosity.level === highestVerbosity) verbosity.level = before;
      else {
        before = verbosity.level;
        verbosity.level = highestVerbosity;
      }
      return level();
    },
    log(to) {
      if (to !== undefined) verbosity.level = Number(to);
      return level();
    },
    exit() {
      // The answer goes out first.
      setImmediate(parts.stop);
      return 'OK';
    },
    InquiryDataChange() {
      parts.attentions.raise('INQUIRY DATA HAS CHANGED');
      return 'OK';
    },
    TapeAlert(hex) {
      parts.setAlerts(BigInt(`0x${hex}`));
      return 'OK';
    },
    'faults add'(kind, rest) {
      try {
        const fault = parts.faults.add([kind!, ...(rest?.split(' ') ?? [])]);
        strikeAtOnce(fault, parts);
        return `fault ${fault.number}`;
      } catch (error) {
        if (error instanceof FaultError) throw new Refused('InvalidArgument', error.message);
        throw error;
      }
    },
    'faults remove'(which) {
      const number = which === 'all' ? 'all' : Number(which);
      if (parts.faults.remove(number) > 0 || number === 'all') return 'OK';
      throw new Refused('NotFound', `there is no fault ${which}`);
    },
    timing: (text) => setPace(parts.pace, text),
    counters() {
      const { classes, total } = parts.latency;
      return JSON.stringify({
        counters: parts.counters(),
        latency: { limits: latencyLimits, classes, total },
      });
    },
    faults: (from) => fitting(parts.faults.lines(Number(from ?? 0))),
    trace: (from) =>
      from === undefined ? fitting(parts.trace.latest()) : fitting(parts.trace.from(Number(from))),
    status: () => JSON.stringify(parts.status()),
  };
}
