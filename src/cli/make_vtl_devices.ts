// SPDX-License-Identifier: GPL-2.0-or-later
// make_vtl_devices: has the kernel's device there and lets a user's daemons use it, where no udev does.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { version } from '../version.js';

const NODE = '/dev/mhvtl';
const MISC = '/sys/class/misc/mhvtl/dev';

const program = new Command('make_vtl_devices')
  .description(`Makes ${NODE} if it is missing, and gives it to a user.`)
  .argument('[user]', 'whose daemons are to use it', 'mhvtl')
  .option('-n, --dry-run', 'only print what would be done')
  .version(version, '-V, --version')
  .helpOption('-h, --help')
  .allowExcessArguments(false)
  .parse();
const { dryRun } = program.opts<{ readonly dryRun?: true }>();
const [user] = program.processedArgs as [string];

/** The command lines that are needed now. */
function commands(): string[][] {
  const needed: string[][] = [];
  if (!existsSync(MISC)) needed.push(['modprobe', 'mhvtl']);
  if (!existsSync(NODE) && existsSync(MISC)) {
    const [major, minor] = readFileSync(MISC, 'utf8').trim().split(':') as [string, string];
    needed.push(['mknod', NODE, 'c', major, minor]);
  }
  return needed;
}

function run(line: readonly string[]): void {
  process.stdout.write(`${line.join(' ')}\n`);
  if (!dryRun) execFileSync(line[0]!, line.slice(1), { stdio: ['ignore', 'inherit', 'inherit'] });
}

try {
  // The module has to be there before its numbers are known; most systems make the node by themselves then.
  for (const line of commands()) run(line);
  if (!dryRun) for (const line of commands()) run(line);
  run(['chown', `${user}:`, NODE]);
  run(['chmod', '0660', NODE]);
} catch {
  process.stderr.write(
    'make_vtl_devices: failed, see above. As root: vtlcmd doctor names what is missing.\n',
  );
  process.exitCode = 1;
}
