// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd doctor`: looks at everything a library needs and names the command that mends what is wrong.
import type { Command } from 'commander';
import type { Daemons } from './daemons.js';
import { error, type Finding } from './doctor/findings.js';
import { examineKernel } from './doctor/kernel.js';
import { thisMachine } from './doctor/machine.js';
import { examineConfiguration, examineMedia } from './doctor/media.js';
import { examineServices } from './doctor/services.js';
import { Failure } from './failure.js';
import { problemsOf } from './problems.js';
import { statesOf } from './state.js';
import { configDirectory, readUnits, type Units } from './units.js';

const marks: Readonly<Record<Finding['state'], string>> = {
  ok: 'ok     ',
  warning: 'warning',
  error: 'ERROR  ',
};

export const findingLine = ({ what, state, found, remedy }: Finding): string =>
  `${marks[state]} ${what}: ${found}${remedy === undefined ? '' : `\n          ${remedy}`}`;

/** The units, or what is wrong with the file that should name them. */
function unitsOrFinding(): Units | Finding {
  try {
    return readUnits();
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return error(
      'configuration',
      failure.message,
      'generate_device_conf; generate_library_contents',
    );
  }
}

async function examine(daemons: Daemons): Promise<Finding[]> {
  const units = unitsOrFinding();
  if ('what' in units) return [...examineKernel(thisMachine), units];
  const states = await statesOf(units, daemons);
  return [
    ...examineKernel(thisMachine),
    examineConfiguration(problemsOf(configDirectory())),
    ...examineServices(thisMachine, states),
    ...examineMedia(thisMachine, units),
  ];
}

export function addDoctor(program: Command, daemons: Daemons, print: (text: string) => void): void {
  program
    .command('doctor')
    .description('find out what is wrong, and how to mend it')
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: true }) => {
      const findings = await examine(daemons);
      print(json ? JSON.stringify(findings, null, 2) : findings.map(findingLine).join('\n'));
      const errors = findings.filter(({ state }) => state === 'error').length;
      if (errors > 0) throw new Failure(`${errors} error${errors === 1 ? '' : 's'}`);
    });
}
