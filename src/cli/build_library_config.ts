// SPDX-License-Identifier: GPL-2.0-or-later
// build_library_config: starts the drives and libraries of device.conf, by systemd or, where it does not run, itself.
import { spawn, spawnSync } from 'node:child_process';
import { Command } from 'commander';
import { version } from '../version.js';
import { Failure } from './vtlcmd/failure.js';
import { assertNoErrors } from './vtlcmd/problems.js';
import { whyByHand } from './vtlcmd/systemd.js';
import { configDirectory, readUnits } from './vtlcmd/units.js';

interface Options {
  readonly dryRun?: true;
}

const { dryRun } = new Command('build_library_config')
  .description('Starts every drive and library of device.conf.')
  .option('-n, --dry-run', 'only print what would be done')
  .version(version, '-V, --version')
  .helpOption('-h, --help')
  .allowExcessArguments(false)
  .parse()
  .opts<Options>();

/** The command lines, in their order: a library finds its drives when it starts after them. */
function commands(): string[][] {
  if (whyByHand() === undefined)
    return [
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'start', 'mhvtl.target'],
    ];
  const { drives, libraries } = readUnits();
  return [
    ...drives.map(({ unit }) => ['vtltape', '-F', '-q', String(unit)]),
    ...libraries.map(({ unit }) => ['vtllibrary', '-F', '-q', String(unit)]),
  ];
}

function run([program, ...words]: readonly string[]): void {
  if (program === 'systemctl') {
    const { status } = spawnSync(program, words, { stdio: 'inherit' });
    if (status !== 0) throw new Failure(`systemctl ${words.join(' ')} failed`);
  } else {
    const daemon = spawn(program!, words, {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    daemon.on('error', (error) => {
      process.stderr.write(`build_library_config: ${error.message}\n`);
      process.exitCode = 1;
    });
    daemon.unref();
  }
}

try {
  assertNoErrors(configDirectory(), 'Nothing was started:');
  for (const line of commands()) {
    process.stdout.write(`${line.join(' ')}\n`);
    if (!dryRun) run(line);
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
