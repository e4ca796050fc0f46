// SPDX-License-Identifier: GPL-2.0-or-later
// The command line both daemons share: that of the reference, so that units and scripts keep working.
import { Command, InvalidArgumentError } from 'commander';
import { version } from '../version.js';
import { highestVerbosity, type Verbosity } from './log.js';

export interface DaemonArguments {
  /** Unit number: the number on the `Library:` or `Drive:` line of device.conf. */
  readonly unit: number;
  readonly verbosity: Verbosity;
  /** State FIFO; overrides the one of device.conf. */
  readonly fifo: string | undefined;
}

const lowestUnit = 1;
const highestUnit = 1023;

const integer =
  (what: string, lowest: number, highest: number) =>
  (text: string): number => {
    if (!/^[0-9]+$/.test(text) || Number(text) < lowest || Number(text) > highest)
      throw new InvalidArgumentError(`${what} is a number from ${lowest} to ${highest}.`);
    return Number(text);
  };

/**
 * Parses the arguments of a daemon. Ends the process with a message and status 1 when they are wrong.
 * `-d` (everything to the terminal) and `-F` (stay in the foreground) are accepted: these daemons always
 * stay in the foreground, and `-d` means the highest verbosity.
 */
export function daemonArguments(program: string, summary: string, argv: string[]): DaemonArguments {
  const command = new Command(program)
    .description(summary)
    .requiredOption(
      '-q, --unit <number>',
      'unit number, as in device.conf',
      integer('The unit', lowestUnit, highestUnit),
    )
    .option('-v, --verbose [level]', 'log more, 1 to 9', integer('The level', 0, highestVerbosity))
    .option('-d, --debug', 'log everything')
    .option('-F, --foreground', 'accepted for compatibility; the daemon never forks')
    .option('-f, --fifo [path]', 'write state changes to this FIFO')
    .version(version, '-V, --version')
    .allowExcessArguments();
  const options = command.parse(argv.filter((word) => word !== '')).opts();
  const { unit, verbose, debug, fifo } = options as {
    unit: number;
    verbose?: number | true;
    debug?: true;
    fifo?: string | true;
  };
  return {
    unit,
    verbosity: { level: debug ? highestVerbosity : verbose === true ? 1 : (verbose ?? 0) },
    fifo: typeof fifo === 'string' ? fifo : undefined,
  };
}
