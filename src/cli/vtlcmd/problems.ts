// SPDX-License-Identifier: GPL-2.0-or-later
// Everything that is wrong with a configuration: in its files, and with what the products in them can be or take.
import { loadConfiguration, type Proposed } from '../../config/load.js';
import {
  ConfigurationError,
  errorsAmong,
  formatProblem,
  type Problem,
} from '../../config/problem.js';
import { checkCartridges } from './check-cartridges.js';
import { checkLibraries } from './check-libraries.js';
import { Failure } from './failure.js';

/**
 * The problems; none of the files is changed.
 * @param proposed texts that are to be taken for those of the files
 */
export function problemsOf(directory: string, proposed?: Proposed): readonly Problem[] {
  try {
    const configuration = loadConfiguration(directory, proposed ? { proposed } : {});
    return [
      ...configuration.warnings,
      ...checkLibraries(configuration),
      ...checkCartridges(configuration),
    ];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

/**
 * @param consequence what is said before the mistakes
 * @param proposed as that of {@link problemsOf}
 * @throws Failure naming every mistake
 */
export function assertNoErrors(directory: string, consequence: string, proposed?: Proposed): void {
  const errors = errorsAmong(problemsOf(directory, proposed));
  if (errors.length > 0) throw new Failure([consequence, ...errors.map(formatProblem)].join('\n'));
}
