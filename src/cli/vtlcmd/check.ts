// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd check`: what is wrong with the configuration, by file and line, with the remedy.
import type { Command } from 'commander';
import { errorsAmong, formatProblem } from '../../config/problem.js';
import { Failure } from './failure.js';
import { problemsOf } from './problems.js';
import { configDirectory } from './units.js';

export function addCheck(program: Command, print: (text: string) => void): void {
  program
    .command('check [directory]')
    .description('look for mistakes in the configuration')
    .option('--json', 'for programs')
    .action((directory: string | undefined, { json }: { json?: true }) => {
      const problems = problemsOf(directory ?? configDirectory());
      const errors = errorsAmong(problems).length;
      if (json) print(JSON.stringify(problems, null, 2));
      else if (problems.length > 0) print(problems.map(formatProblem).join('\n'));
      if (errors > 0) throw new Failure(`${errors} error${errors === 1 ? '' : 's'}`);
      if (!json) print('The configuration can be used.');
    });
}
