// SPDX-License-Identifier: GPL-2.0-or-later
// mhvtl-fsck: checks cartridges, and mends what can be mended.
import fs from 'node:fs';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { loadConfiguration } from '../config/load.js';
import { checkCartridge } from '../medium/check/check-cartridge.js';
import type { Finding, Remedy } from '../medium/check/finding.js';
import { repairCartridge } from '../medium/check/repair.js';
import { whileLocked } from '../medium/lock/cartridge-lock.js';
import { findTape } from './tape/homes.js';
import { warnIfInUse } from './tape/loaded.js';
import { type CommonOptions, libraryOption, withCommonOptions } from './tape/options.js';
import { Failure, Progress, print, runTool } from './tape/tool.js';

const TOOL = 'mhvtl-fsck';

/** Exit statuses, as fsck(8) has them; several of them are added. */
const STATUS = { mended: 1, left: 4, failed: 8, usage: 16 } as const;

interface Options extends CommonOptions {
  readonly library?: number;
  readonly all?: true;
  readonly repair?: true;
  readonly cut?: true;
  readonly quick?: true;
}

/** What became of one cartridge; in JSON as it is here. */
interface Report {
  readonly barcode: string;
  readonly directory: string;
  readonly mended: readonly Finding[];
  readonly left: readonly Finding[];
  /** Where what was replaced is kept. */
  readonly copies: string | undefined;
}

/** Every cartridge in the home directories. */
function allTapes(options: Options): string[] {
  const homes =
    options.homeDir !== undefined
      ? [options.homeDir]
      : loadConfiguration(options.configDir)
          .libraries.filter(({ unit }) => [undefined, unit].includes(options.library))
          .map(({ homeDirectory }) => homeDirectory);
  const tapes = [...new Set(homes)]
    .filter((home) => fs.existsSync(home))
    .flatMap((home) =>
      fs
        .readdirSync(home)
        .filter((name) => !name.startsWith('.'))
        .map((name) => `${home}/${name}`)
        .filter((path) => ['mam', 'meta'].some((name) => fs.existsSync(`${path}/${name}`))),
    );
  return tapes.sort();
}

/** The directories to check: barcodes are searched, paths are taken as they are. */
function chosen(words: readonly string[], options: Options): string[] {
  if (options.all) return allTapes(options);
  if (words.length === 0) throw new Failure('name a cartridge, or say --all', STATUS.usage);
  return words.map((word) =>
    word.includes('/') ? resolve(word) : findTape({ ...options, barcode: word }),
  );
}

/** Two remedies that are one. */
const unique = (remedies: readonly Remedy[]): Remedy[] => [
  ...new Map(remedies.map((remedy) => [JSON.stringify(remedy), remedy])).values(),
];

async function check(directory: string, blocks: boolean): Promise<readonly Finding[]> {
  const progress = new Progress(basename(directory));
  try {
    return await checkCartridge(directory, {
      blocks,
      progress: (_partition, done, total) => progress.show(done, total),
    });
  } finally {
    progress.end();
  }
}

/** Some damage shows only when other damage is mended: so often is looked again. */
const ROUNDS = 4;

const reportOn = (directory: string) => ({ barcode: basename(directory), directory });

/** Looks, and changes nothing. */
async function look(directory: string, options: Options): Promise<Report> {
  warnIfInUse(TOOL, directory);
  const left = await check(directory, options.quick !== true);
  return { ...reportOn(directory), mended: [], left, copies: undefined };
}

/** Mends what is wrong with a cartridge that nobody else has open. */
async function mend(directory: string, options: Options): Promise<Report> {
  const blocks = options.quick !== true;
  let left = await check(directory, blocks);
  const mended: Finding[] = [];
  const copyName = `fsck-${new Date().toISOString().replace(/\.\d+Z$/, 'Z')}.saved`;
  let copies: string | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const now = left.filter(
      ({ remedy }) => remedy && (remedy.kind !== 'cut' || !remedy.lossy || options.cut),
    );
    if (now.length === 0) break;
    copies = repairCartridge(directory, unique(now.map(({ remedy }) => remedy!)), copyName);
    mended.push(...now);
    left = await check(directory, blocks);
  }
  return { ...reportOn(directory), mended, left, copies };
}

const handle = (directory: string, options: Options): Promise<Report> =>
  options.repair
    ? whileLocked(directory, TOOL, () => mend(directory, options))
    : look(directory, options);

const place = ({ partition, object }: Finding): string =>
  [
    partition === undefined ? '' : `partition ${partition}: `,
    object === undefined ? '' : `object ${object}: `,
  ].join('');

/** What the user can do about it. */
function advice({ remedy }: Finding): string {
  if (!remedy) return 'cannot be mended: restore it from a copy';
  if (remedy.kind === 'cut' && remedy.lossy)
    return `--repair --cut makes object ${remedy.objects} the end of data`;
  return '--repair mends it';
}

function tell({ barcode, mended, left, copies }: Report): void {
  if (mended.length + left.length === 0) print(`${barcode}: whole`);
  for (const finding of mended) print(`${barcode}: ${place(finding)}${finding.problem}: MENDED`);
  for (const finding of left)
    print(`${barcode}: ${place(finding)}${finding.problem} (${advice(finding)})`);
  if (copies) print(`${barcode}: what was replaced is kept in ${copies}`);
}

async function checkAll(words: readonly string[], options: Options): Promise<void> {
  const reports: Report[] = [];
  for (const directory of chosen(words, options)) {
    const report = await handle(directory, options);
    reports.push(report);
    if (!options.json) tell(report);
  }
  if (options.json) print(JSON.stringify(reports));
  const any = (what: 'mended' | 'left'): boolean =>
    reports.some((report) => report[what].length > 0);
  process.exitCode = (any('mended') ? STATUS.mended : 0) + (any('left') ? STATUS.left : 0);
}

const program = withCommonOptions(
  new Command(TOOL)
    .description('Checks virtual tape cartridges: files, marks, memory, and every block.')
    .argument('[cartridge...]', 'barcodes, or directories, which have a slash')
    .option('-a, --all', 'every cartridge of every library')
    .option('-l, --library <number>', 'only of this library', libraryOption)
    .option('-r, --repair', 'mend what can be mended; what is replaced is kept')
    .option('--cut', 'with --repair: give up what is behind lost objects, too')
    .option('-q, --quick', 'do not read the blocks'),
  'ignored',
).exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : STATUS.usage));

void runTool(TOOL, async () => {
  program.parse();
  try {
    await checkAll(program.args, program.opts<Options>());
  } catch (error) {
    if (error instanceof Failure && error.status === STATUS.usage) throw error;
    if (error instanceof Error) throw new Failure(error.message, STATUS.failed);
    throw error;
  }
});
