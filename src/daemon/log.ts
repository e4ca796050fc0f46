// SPDX-License-Identifier: GPL-2.0-or-later
// One line per event on standard error, with the priorities the journal understands.

/** Syslog priorities (sd-daemon(3)). */
const priorities = { error: 3, warning: 4, notice: 5, info: 6, debug: 7 } as const;
export type Priority = keyof typeof priorities;

export type Log = Readonly<Record<Priority, (message: string) => void>>;

/** Verbosity (-v) from which a priority is written; errors, warnings and notices always are. */
const verbosityFor: Readonly<Record<Priority, number>> = {
  error: 0,
  warning: 0,
  notice: 0,
  info: 1,
  debug: 2,
};

/** How much is logged; can be changed while the daemon runs. */
export interface Verbosity {
  /** 0 to 9, the value of `-v`. */
  level: number;
}

export const highestVerbosity = 9;

/**
 * A log for one daemon.
 * @param name starts each line, e.g. `vtltape@11`
 */
export function createLog(name: string, verbosity: Verbosity): Log {
  const toJournal = process.env['JOURNAL_STREAM'] !== undefined;
  const writer = (priority: Priority) => (message: string) => {
    if (verbosity.level < verbosityFor[priority]) return;
    const prefix = toJournal ? `<${priorities[priority]}>` : `${name}: ${priority}: `;
    process.stderr.write(`${prefix}${message.replaceAll('\n', `\n${prefix}`)}\n`);
  };
  return {
    error: writer('error'),
    warning: writer('warning'),
    notice: writer('notice'),
    info: writer('info'),
    debug: writer('debug'),
  };
}
