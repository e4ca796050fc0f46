// SPDX-License-Identifier: GPL-2.0-or-later
// update_device.conf: makes the device.conf of an old version one of today, and renames library_contents.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { replaceFile } from '../config/replace-file.js';
import { upgradeDeviceConf } from '../config/upgrade-text.js';
import { version } from '../version.js';
import { type Change, make, readText } from './vtlcmd/change.js';
import { Failure, failureIn } from './vtlcmd/failure.js';
import { configDirectory } from './vtlcmd/units.js';

interface Options {
  readonly configDir: string;
  readonly dryRun?: true;
}

const { configDir, dryRun } = new Command('update_device.conf')
  .description('Makes the device.conf of an old version of mhvtl one of today.')
  .option('-C, --config-dir <directory>', 'where device.conf is', configDirectory())
  .option('-n, --dry-run', 'only show what would change')
  .version(version, '-V, --version')
  .helpOption('-h, --help')
  .allowExcessArguments(false)
  .parse()
  .opts<Options>();

/** What is in the library of an old version: its file had no number. */
function contents(library: number): { texts: [string, string][]; gone: string[] } {
  const [old, now] = ['library_contents', `library_contents.${library}`].map((name) =>
    join(configDir, name),
  ) as [string, string];
  if (!existsSync(old) || existsSync(now)) return { texts: [], gone: [] };
  return { texts: [[now, readText(old)]], gone: [old] };
}

/** @throws Failure */
function plan(): Change {
  const file = join(configDir, 'device.conf');
  if (!existsSync(file)) throw new Failure(`${file} does not exist`);
  const before = readText(file);
  const upgrade = upgradeDeviceConf(before);
  if (!upgrade) return { texts: new Map(), steps: [], said: 'Nothing to upgrade.. Exiting' };
  if ('why' in upgrade) throw new Failure(`${file} ${upgrade.why}`);
  const { texts, gone } = contents(upgrade.library);
  const old = `${file}.old`;
  const keep = { what: `copy to ${old}`, run: () => replaceFile(old, before, 0o644) };
  return {
    before: [keep],
    texts: new Map([[file, upgrade.text], ...texts]),
    steps: [],
    gone,
    said: `${file} is converted; the old one is ${old}`,
  };
}

async function update(): Promise<string> {
  // Checked as vtlcmd checks its changes, in this directory.
  process.env['MHVTL_CONFIG_PATH'] = configDir;
  return make(plan, { dryRun });
}

update().then(
  (text) => process.stdout.write(`${text}\n`),
  (error: unknown) => {
    const failure = failureIn(error);
    if (!failure) throw error;
    process.stderr.write(`update_device.conf: ${failure.message}\n`);
    process.exitCode = 1;
  },
);
