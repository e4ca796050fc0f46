// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd faults ...`: the faults of all units, those there can be, and scenarios from a file.
import type { Command } from 'commander';
import { faultKinds } from '../../faults/kinds.js';
import { type Context, wholeNumber } from './arguments.js';
import { obeyed } from './daemons.js';
import { Failure } from './failure.js';
import { allLines } from './pages.js';
import { readScenario, type Scene } from './scenario.js';
import { known } from './state.js';
import { table } from './table.js';
import { readUnits, type Units } from './units.js';

/** A fault as a unit lists it: `1: medium-error block=5, struck 0, over`. */
const LINE = /^(\d+): (\S+)(.*), struck (\d+)(, over)?$/;

interface Listed {
  readonly unit: number;
  readonly number: number;
  readonly kind: string;
  readonly parameters: string;
  readonly struck: number;
  readonly over: boolean;
}

/** The faults of every unit whose daemon answers. */
async function listed({ daemons }: Context): Promise<Listed[]> {
  const found: Listed[] = [];
  for (const { unit } of known(readUnits())) {
    try {
      for (const line of await allLines(daemons, unit, 'faults', undefined)) {
        const [, number, kind, parameters, struck, over] = LINE.exec(line) ?? [];
        if (kind === undefined) continue;
        found.push({
          unit,
          number: Number(number),
          kind,
          parameters: parameters!.trim(),
          struck: Number(struck),
          over: over !== undefined,
        });
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
  return found;
}

/** Every kind with its parameters and what the initiator sees of it. */
const kindsTable = (): string =>
  table(
    ['FAULT', 'FOR', 'PARAMETERS', 'THE INITIATOR SEES'],
    Object.entries(faultKinds).map(([name, kind]) => [
      name,
      kind.for.join(', '),
      Object.entries(kind.parameters)
        .map(([key, parameter]) => ('required' in parameter ? `${key}=` : `[${key}=]`))
        .join(' '),
      kind.shows,
    ]),
  );

/** The units a fault is for: a number stands for itself, a barcode for every drive. */
function unitsFor({ drives }: Units, which: string): { units: number[]; words: string[] } {
  if (/^\d+$/.test(which)) return { units: [Number(which)], words: [] };
  return { units: drives.map(({ unit }) => unit), words: [`barcode=${which}`] };
}

/**
 * A unit that does not answer keeps no other from getting the fault.
 * @returns what the units say, one line each
 * @throws Failure with what the others said
 */
async function addFault(
  which: string,
  words: readonly string[],
  { daemons }: Context,
): Promise<string> {
  const { units, words: more } = unitsFor(readUnits(), which);
  const text = ['faults add', ...words, ...more, ''].join(' ');
  const said: string[] = [];
  const failures: Failure[] = [];
  for (const unit of units)
    try {
      said.push(`${unit}: ${await obeyed(daemons, unit, text)}`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(error);
      said.push(units.length === 1 ? error.message : `${unit}: ${error.message}`);
    }
  if (failures[0]) throw new Failure(said.join('\n'), failures[0].status);
  return said.join('\n');
}

const sleep = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Does what the scenario says, line by line; ends at the first line that is refused. */
async function play(file: string, scenes: readonly Scene[], context: Context): Promise<void> {
  for (const { line, text, act } of scenes) {
    context.print(`${line}: ${text}`);
    try {
      if (act.kind === 'wait') await sleep(act.seconds);
      else if (act.kind === 'fault') await addFault(act.which, act.words, context);
      else await obeyed(context.daemons, act.unit, `${act.words.join(' ')} `);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(`${file}:${line}: ${text}: ${error.message}`, error.status);
    }
  }
}

export function addFaults(program: Command, context: Context): void {
  const faults = program
    .command('faults')
    .description('list what has been made to go wrong in all units')
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: true }) => {
      const all = await listed(context);
      if (json) return context.print(JSON.stringify(all, null, 2));
      if (all.length === 0) return context.print('no faults');
      const head = ['UNIT', 'NUMBER', 'FAULT', 'PARAMETERS', 'STRUCK', ''];
      const rows = all.map(({ unit, number, kind, parameters, struck, over }) => [
        String(unit),
        String(number),
        kind,
        parameters,
        String(struck),
        over ? 'over' : '',
      ]);
      context.print(table(head, rows));
    });
  faults
    .command('kinds')
    .description('list the faults there can be')
    .action(() => context.print(kindsTable()));
  faults
    .command('add <unit|barcode> <fault...>')
    .description('add a fault to a unit, or to every drive for one cartridge')
    .allowUnknownOption()
    .action(async (which: string, words: readonly string[]) =>
      context.print(await addFault(which, words, context)),
    );
  faults
    .command('remove')
    .argument('<unit>', 'its number', wholeNumber)
    .argument('<number|all>')
    .description('take a fault back')
    .action(async (unit: number, which: string) =>
      context.print(await obeyed(context.daemons, unit, `faults remove ${which} `)),
    );
  faults
    .command('run <file>')
    .description('do what a file says, line by line')
    .option('--dry-run', 'only check the file')
    .action(async (file: string, { dryRun }: { dryRun?: true }) => {
      const scenes = readScenario(file);
      if (!dryRun) await play(file, scenes, context);
      context.print(`${scenes.length} lines ${dryRun ? 'are understood' : 'done'}`);
    });
}
