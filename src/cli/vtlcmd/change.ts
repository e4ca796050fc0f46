// SPDX-License-Identifier: GPL-2.0-or-later
// A change of the configuration: checked as a whole, shown or written, then made known to the units it concerns.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { diff } from '../../config/diff.js';
import { loadConfiguration } from '../../config/load.js';
import { ConfigurationError, formatProblem } from '../../config/problem.js';
import { replaceFile } from '../../config/replace-file.js';
import { type Daemons, obeyed } from './daemons.js';
import { Failure } from './failure.js';
import { configDirectory, type Units } from './units.js';

/** What a change consists of. */
export interface Change {
  /** New texts by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files that go. */
  readonly gone?: readonly string[];
  /** What is done once the files are written, and how it is called. */
  readonly steps: readonly Step[];
}

/** A change that is told of when it is made. */
export interface NamedChange extends Change {
  readonly said: string;
}

export interface Step {
  readonly what: string;
  run(): Promise<void> | void;
}

const current = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** @throws Failure naming every mistake the changed configuration would have */
function assertValid({ texts }: Change): void {
  try {
    loadConfiguration(configDirectory(), { proposed: texts });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const errors = error.problems.filter(({ severity }) => severity === 'error');
    throw new Failure(`Nothing was changed:\n${errors.map(formatProblem).join('\n')}`);
  }
}

/**
 * Makes the change, or shows it.
 * @returns what is to be printed
 */
export async function make(change: Change, dryRun: boolean): Promise<string> {
  assertValid(change);
  const { texts, gone = [], steps } = change;
  if (dryRun)
    return [
      ...[...texts].map(([file, text]) => diff(file, current(file), text)),
      ...gone.map((file) => `remove ${file}`),
      ...steps.map(({ what }) => `then: ${what}`),
    ]
      .filter((text) => text !== '')
      .join('\n');
  for (const [file, text] of texts)
    replaceFile(file, text, existsSync(file) ? statSync(file).mode & 0o7777 : 0o644);
  for (const file of gone) rmSync(file, { force: true });
  for (const step of steps) await step.run();
  return '';
}

/** systemd runs the units. */
const underSystemd = (): boolean => existsSync('/run/systemd/system');

function systemctl(print: (text: string) => void, ...words: readonly string[]): void {
  if (!underSystemd()) {
    print(`systemd does not run here. To do by hand: systemctl ${words.join(' ')}`);
    return;
  }
  const { status, stderr } = spawnSync('systemctl', words, { encoding: 'utf8' });
  if (status !== 0) throw new Failure(`systemctl ${words.join(' ')}: ${stderr.trim()}`);
}

const instance = (kind: 'library' | 'drive', unit: number): string =>
  `vtl${kind === 'drive' ? 'tape' : 'library'}@${unit}.service`;

/** Starts the daemon of a new unit; its generator has to see it first. */
export const startStep = (
  kind: 'library' | 'drive',
  unit: number,
  print: (text: string) => void,
): Step => ({
  what: `systemctl start ${instance(kind, unit)}`,
  run() {
    if (underSystemd()) systemctl(print, 'daemon-reload');
    systemctl(print, 'start', instance(kind, unit));
  },
});

export const stopStep = (
  kind: 'library' | 'drive',
  unit: number,
  print: (text: string) => void,
): Step => ({
  what: `systemctl stop ${instance(kind, unit)}`,
  run: () => systemctl(print, 'stop', instance(kind, unit)),
});

/** Has a running library read its files again. One that does not run reads them when it starts. */
export const reloadStep = (daemons: Daemons, library: number): Step => ({
  what: `vtlcmd ${library} reload`,
  async run() {
    try {
      await obeyed(daemons, library, 'reload ');
    } catch (error) {
      if (!(error instanceof Failure) || error.status !== 3) throw error;
    }
  },
});

/** library_contents of a library. */
export const contentsOf = ({ directory }: Units, library: number): string =>
  `${directory}/library_contents.${library}`;

export const readText = current;
