// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd check`: what is wrong with the configuration, by file and line, with the remedy.
import type { Command } from 'commander';
import { loadConfiguration } from '../../config/load.js';
import { ConfigurationError, formatProblem, type Problem } from '../../config/problem.js';
import { checkCartridges } from './check-cartridges.js';
import { Failure } from './failure.js';
import { configDirectory } from './units.js';

/** Every problem of a configuration; none of its files is changed. */
export function problemsOf(directory: string): readonly Problem[] {
  try {
    const configuration = loadConfiguration(directory);
    return [...configuration.warnings, ...checkCartridges(configuration)];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

export function addCheck(program: Command, print: (text: string) => void): void {
  program
    .command('check [directory]')
    .description('look for mistakes in the configuration')
    .option('--json', 'for programs')
    .action((directory: string | undefined, { json }: { json?: true }) => {
      const problems = problemsOf(directory ?? configDirectory());
      const errors = problems.filter(({ severity }) => severity === 'error').length;
      if (json) print(JSON.stringify(problems, null, 2));
      else if (problems.length > 0) print(problems.map(formatProblem).join('\n'));
      if (errors > 0) throw new Failure(`${errors} error${errors === 1 ? '' : 's'}`);
      if (!json) print('The configuration can be used.');
    });
}
