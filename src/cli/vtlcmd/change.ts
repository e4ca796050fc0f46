// SPDX-License-Identifier: GPL-2.0-or-later
// A change of the configuration: checked as a whole, shown or written, then made known to the units it concerns.
import { existsSync, rmSync } from 'node:fs';
import { diff } from '../../config/diff.js';
import { readRegularFile } from '../../config/read-regular-file.js';
import { replaceFile } from '../../config/replace-file.js';
import { whileAlone } from './configuration-lock.js';
import { type Daemons, obeyed } from './daemons.js';
import { exitStatus, Failure, failureIn } from './failure.js';
import { assertNoErrors } from './problems.js';
import { configDirectory, readSettings } from './units.js';

/** What a change consists of. */
export interface Change {
  /** What comes before the files are written: without it they would name what is not there. */
  readonly before?: readonly Step[];
  /** New texts by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** What is done once the files are written, and how it is called. */
  readonly steps: readonly Step[];
  /** Files that go at the end. */
  readonly gone?: readonly string[];
  /** What is told when it is made. */
  readonly said: string;
}

export interface Step {
  readonly what: string;
  run(): Promise<void> | void;
}

/** The text of a file, empty if there is none. */
export const readText = (file: string): string => (existsSync(file) ? readRegularFile(file) : '');

/** A change as --dry-run shows it. */
const shown = ({ before = [], texts, steps, gone = [] }: Change): string =>
  [
    ...before.map(({ what }) => `first: ${what}`),
    ...[...texts].map(([file, text]) => diff(file, readText(file), text)),
    ...steps.map(({ what }) => `then: ${what}`),
    ...gone.map((file) => `remove ${file}`),
  ]
    .filter((text) => text !== '')
    .join('\n');

/** Says of a failure how far the change has come. @param status instead of that of the failure */
function inPart(error: unknown, how: string, status?: number): unknown {
  const failure = failureIn(error);
  return failure ? new Failure(`${how}: ${failure.message}`, status ?? failure.status) : error;
}

async function carryOut({ before = [], texts, steps, gone = [] }: Change): Promise<void> {
  const written: string[] = [];
  try {
    for (const step of before) await step.run();
    for (const [file, text] of texts) {
      replaceFile(file, text, 0o644);
      written.push(file);
    }
  } catch (error) {
    const how =
      written.length === 0
        ? 'The configuration was not changed'
        : `The configuration was changed in part, only ${written.join(', ')}`;
    throw inPart(error, how, exitStatus.usage);
  }
  for (const { what, run } of steps)
    try {
      await run();
    } catch (error) {
      throw inPart(error, `The configuration is changed, but not done was "${what}"`);
    }
  for (const file of gone) rmSync(file, { force: true });
}

/**
 * Works a change out and makes it while no other program changes the configuration, or shows it.
 * @returns what is to be printed
 * @throws Failure
 */
export async function make(
  plan: () => Promise<Change> | Change,
  { dryRun }: { readonly dryRun?: true | undefined } = {},
): Promise<string> {
  const planned = async (): Promise<Change> => {
    const change = await plan();
    assertNoErrors(configDirectory(), 'Nothing was changed:', change.texts);
    return change;
  };
  if (dryRun) return shown(await planned());
  return whileAlone(readSettings(configDirectory()).directory, async () => {
    const change = await planned();
    await carryOut(change);
    return change.said;
  });
}

/** Has a running library read its files again. One that does not run reads them when it starts. */
export const reloadStep = (daemons: Daemons, library: number): Step => ({
  what: `vtlcmd ${library} reload`,
  async run() {
    try {
      await obeyed(daemons, library, 'reload ');
    } catch (error) {
      if (!(error instanceof Failure) || error.status !== exitStatus.unreachable) throw error;
    }
  },
});
