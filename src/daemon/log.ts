// SPDX-License-Identifier: GPL-2.0-or-later
// The log of a daemon: entries with fields in the journal, or one line per event on standard error.
import { isJournal, toJournal } from './journal.js';

/** Syslog priorities (sd-daemon(3)). */
const priorities = { error: 3, warning: 4, notice: 5, info: 6, debug: 7 } as const;
export type Priority = keyof typeof priorities;

/** What an entry is about, for `journalctl MHVTL_BARCODE=E01001L8`; mhvtl(7) has the list. */
export interface About {
  readonly barcode?: string | undefined;
  /** Name of a SCSI command, and its bytes. */
  readonly command?: string;
  readonly cdb?: string;
  /** Sense key and additional sense code, as 3/11/00. */
  readonly sense?: string;
  /** SAM status. */
  readonly status?: string;
}

export type Log = Readonly<Record<Priority, (message: string, about?: About) => void>>;

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

/** Writes one entry. */
type Writer = (priority: Priority, message: string, about: About) => void;

/** @param prefix what each line begins with */
function write(prefix: string, message: string): void {
  process.stderr.write(`${prefix}${message.replaceAll('\n', `\n${prefix}`)}\n`);
}

/** Entries with fields; lines with their priority when the journal takes no entries. */
const journalWriter =
  (program: string, unit: string, kind: string): Writer =>
  (priority, message, { barcode, command, cdb, sense, status }) => {
    const entry = {
      MESSAGE: message,
      PRIORITY: priorities[priority],
      SYSLOG_IDENTIFIER: program,
      MHVTL_UNIT: unit,
      MHVTL_KIND: kind,
      MHVTL_BARCODE: barcode,
      MHVTL_COMMAND: command,
      MHVTL_CDB: cdb,
      MHVTL_SENSE: sense,
      MHVTL_STATUS: status,
    };
    if (!toJournal(entry)) write(`<${priorities[priority]}>`, message);
  };

/**
 * A log for one daemon.
 * @param name starts each line, e.g. `vtltape@11`
 */
export function createLog(name: string, verbosity: Verbosity): Log {
  const [program, unit] = name.split('@') as [string, string];
  const writer: Writer = isJournal(process.env['JOURNAL_STREAM'])
    ? journalWriter(program, unit, program === 'vtltape' ? 'drive' : 'library')
    : (priority, message) => write(`${name}: ${priority}: `, message);
  const at =
    (priority: Priority) =>
    (message: string, about: About = {}) => {
      if (verbosity.level >= verbosityFor[priority]) writer(priority, message, about);
    };
  return {
    error: at('error'),
    warning: at('warning'),
    notice: at('notice'),
    info: at('info'),
    debug: at('debug'),
  };
}
