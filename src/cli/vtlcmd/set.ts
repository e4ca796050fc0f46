// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd set`: shows and changes what a running unit lets one change, and keeps it in device.conf if wanted.
import type { Command } from 'commander';
import { DEVICE_KEYS } from '../../config/device-keys.js';
import { withKey } from '../../config/edit-text.js';
import { understand } from '../../ipc/words.js';
import { type Context, wholeNumber } from './arguments.js';
import { make, readText } from './change.js';
import { obeyed, told } from './daemons.js';
import { exitStatus, Failure } from './failure.js';
import { type Setting, settings, settingsOf } from './settings.js';
import { table } from './table.js';
import { kindOf, readUnits, type Units } from './units.js';

function kindOfUnit(units: Units, unit: number): 'drive' | 'library' {
  const kind = kindOf(units, unit);
  if (kind) return kind;
  throw new Failure(`No tape/library (${units.file}) configured with device number: ${unit}`);
}

/** All settings of a unit with their values now. */
async function show(unit: number, { daemons }: Context): Promise<string> {
  const kind = kindOfUnit(readUnits(), unit);
  const status = await told<Record<string, unknown>>(daemons, unit, 'status');
  return table(
    ['SETTING', 'VALUE', 'MEANING'],
    settingsOf(kind).map(([name, setting]) => [name, setting.now(status), setting.doc]),
  );
}

function settingOf(kind: 'drive' | 'library', name: string): Setting {
  const setting = settings[name];
  if (setting?.for.includes(kind)) return setting;
  const known = settingsOf(kind).map(([each]) => each);
  throw new Failure(`A ${kind} has no setting "${name}". It has: ${known.join(', ')}`);
}

/** What the unit is told. @throws Failure for a value that makes no sense */
function sentence(name: string, { word }: Setting, value: string): string {
  const told = typeof word === 'string' ? `${word} ${value}` : word[value];
  if (told === undefined)
    throw new Failure(`${name} is none of ${Object.keys(word).join(', ')}: "${value}"`);
  const said = understand(told.split(' '));
  if (!('word' in said)) throw new Failure(`${name} "${said.what}" ${said.why}`);
  return `${told} `;
}

/** device.conf has it from now on. */
async function save(unit: number, name: string, { key }: Setting, value: string): Promise<void> {
  if (key === undefined) {
    const kept = Object.entries(settings).flatMap(([each, setting]) =>
      setting.key === undefined ? [] : [each],
    );
    throw new Failure(
      `${name} lasts until the daemon ends; device.conf can keep: ${kept.join(', ')}`,
    );
  }
  await make(() => {
    const { file } = readUnits();
    const text = withKey(readText(file), unit, DEVICE_KEYS[key].name, value.toLowerCase());
    return { texts: new Map([[file, text]]), steps: [], said: '' };
  });
}

interface SetOptions {
  readonly save?: true;
}

async function set(
  unit: number,
  name: string,
  value: string,
  options: SetOptions,
  { daemons, print }: Context,
): Promise<void> {
  const setting = settingOf(kindOfUnit(readUnits(), unit), name);
  const told = sentence(name, setting, value);
  if (options.save) await save(unit, name, setting, value);
  try {
    print(await obeyed(daemons, unit, told));
  } catch (error) {
    const unreachable = error instanceof Failure && error.status === exitStatus.unreachable;
    if (!options.save || !unreachable) throw error;
    print(`saved; no daemon of unit ${unit} runs, which reads it when it starts`);
  }
}

export function addSet(program: Command, context: Context): void {
  program
    .command('set')
    .argument('<unit>', 'its number', wholeNumber)
    .argument('[setting]')
    .argument('[value]')
    .description('show or change what a running unit lets one change')
    .option('--save', 'write it to device.conf, too')
    .addHelpText(
      'after',
      `\nSettings:\n${Object.entries(settings)
        .map(([name, { doc }]) => `  ${name.padEnd(16)} ${doc}`)
        .join('\n')}`,
    )
    .action(
      async (
        unit: number,
        name: string | undefined,
        value: string | undefined,
        options: SetOptions,
      ) => {
        if (name === undefined) return context.print(await show(unit, context));
        if (value === undefined) throw new Failure(`Say what ${name} is to be`);
        await set(unit, name, value, options, context);
      },
    );
}
