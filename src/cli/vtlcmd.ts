// SPDX-License-Identifier: GPL-2.0-or-later
// vtlcmd: says things to running units, shows what they do, changes the configuration while they run.
import { Command } from 'commander';
import { version } from '../version.js';
import { addAdd } from './vtlcmd/add.js';
import { addApply } from './vtlcmd/apply.js';
import { addCheck } from './vtlcmd/check.js';
import { addCompletion } from './vtlcmd/completion.js';
import { type Daemons, daemonsByQueue } from './vtlcmd/daemons.js';
import { daemonsByBus } from './vtlcmd/daemons-by-bus.js';
import { addDoctor } from './vtlcmd/doctor.js';
import { Failure, failureIn } from './vtlcmd/failure.js';
import { addFaults } from './vtlcmd/faults.js';
import { addInventory, addList } from './vtlcmd/list.js';
import { addMetrics } from './vtlcmd/metrics.js';
import { addMove } from './vtlcmd/move.js';
import { addProducts } from './vtlcmd/products.js';
import { addRemove } from './vtlcmd/remove.js';
import { addSet } from './vtlcmd/set.js';
import { addStatus } from './vtlcmd/status.js';
import { unitCommand, unitUsage } from './vtlcmd/unit-command.js';

/** The words that have asked vtlcmd for help and for its version since it exists. */
const HELP = ['-h', '/h', '-help', '-?'];
const VERSION = ['-v', '-V'];
/** Daemons are asked over the message queue, even if there is a system bus. */
const QUEUE = '--queue';

const print = (text: string): void => {
  if (text !== '') process.stdout.write(`${text}\n`);
};

function program(daemons: Daemons): Command {
  const made = new Command('vtlcmd')
    .description('Commands running tape libraries and drives.')
    .usage('<device number> <command> | <command> [options]')
    .addHelpText('after', `\n${unitUsage()}`)
    .version(version, '--version')
    .option(QUEUE, 'use the message queue, also where there is a system bus');
  addStatus(made, daemons, print);
  addList(made, print);
  addInventory(made, daemons, print);
  addCheck(made, print);
  addDoctor(made, daemons, print);
  addMetrics(made, daemons, print);
  addMove(made, { daemons, print });
  addSet(made, { daemons, print });
  addFaults(made, { daemons, print });
  addProducts(made, print);
  addAdd(made, daemons, print);
  addRemove(made, daemons, print);
  addApply(made, { daemons, print });
  made
    .command('version')
    .description('print the version')
    .action(() => print(version));
  addCompletion(made, print);
  return made;
}

/** `vtlcmd 11 load X` and `vtlcmd library list map` speak to one unit; all else is a command of vtlcmd. */
const speaksToUnit = (first: string | undefined): boolean =>
  first !== undefined && (first === 'library' || /^[0-9]/.test(first));

async function run(words: readonly string[], daemons: Daemons): Promise<void> {
  if (words.some((word) => VERSION.includes(word))) throw new Failure(`Version: ${version}`);
  if (speaksToUnit(words[0])) {
    if (words.some((word) => HELP.includes(word))) throw new Failure(unitUsage());
    print(await unitCommand(words[0]!, words.slice(1), daemons));
  } else await program(daemons).parseAsync(words, { from: 'user' });
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const daemons = words.includes(QUEUE) ? daemonsByQueue() : daemonsByBus(daemonsByQueue());
  try {
    await run(
      words.filter((word) => word !== QUEUE),
      daemons,
    );
  } catch (error) {
    const failure = failureIn(error);
    if (!failure) throw error;
    process.stderr.write(`${failure.message}\n`);
    process.exitCode = failure.status;
  } finally {
    daemons.close();
  }
}

void main();
