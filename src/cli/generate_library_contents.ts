// SPDX-License-Identifier: GPL-2.0-or-later
// generate_library_contents: writes library_contents of every library in device.conf.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { DATA_SUFFIXES } from '../config/barcode.js';
import { type DeviceConf, parseDeviceConf } from '../config/device-conf.js';
import { DEFAULT_CONFIG_PATH } from '../config/load.js';
import { errorsAmong, formatProblem } from '../config/problem.js';
import { replaceFile } from '../config/replace-file.js';
import { productRows } from '../personality/products-table.js';
import { version } from '../version.js';
import { EXIT, Failure, print, runTool, warn } from './tape/tool.js';

const TOOL = 'generate_library_contents';

interface Options {
  readonly configDir: string;
  readonly destDir?: string;
  readonly force?: true;
}

const MAPS = 4;
const SLOTS = 39;

/** What is in the slots of the libraries of the default configuration, which scripts and courses know. */
const known: Readonly<Record<number, ReadonlyMap<number, string>>> = {
  10: new Map([
    ...run(1, 20, (slot) => `E010${two(slot)}L8`),
    [22, 'CLN101L8'],
    [23, 'CLN102L6'],
    ...run(30, 39, (slot) => `F010${two(slot)}L6`),
  ]),
  30: new Map([...run(1, 39, (slot) => `G030${two(slot)}TA`), [40, 'CLN303TA']]),
};

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function run(first: number, last: number, barcode: (slot: number) => string): [number, string][] {
  return Array.from({ length: last - first + 1 }, (_, i) => [first + i, barcode(first + i)]);
}

/** The suffix of a cartridge that the first drive of the library writes. */
function suffixFor({ drives }: DeviceConf, library: number): string {
  const drive = drives.find(({ place }) => place?.library === library);
  const row = productRows.find(({ products }) => products.includes(drive?.product ?? ''));
  const fits = Object.entries(DATA_SUFFIXES).filter(([, name]) => row?.writes.includes(name));
  return fits.at(-1)?.[0] ?? 'L8';
}

/** The file of one library. */
function contentsFor(conf: DeviceConf, library: number): string {
  const suffix = suffixFor(conf, library);
  const barcodes =
    known[library] ??
    new Map(
      run(1, SLOTS, (slot) => `M${two(library % 100)}${String(slot).padStart(3, '0')}${suffix}`),
    );
  const drives = conf.drives.flatMap(({ place }) =>
    place?.library === library ? [place.slot] : [],
  );
  const lines = (
    kind: string,
    count: number,
    content: (number: number) => string = () => '',
  ): string[] => Array.from({ length: count }, (_, i) => `${kind} ${i + 1}:${content(i + 1)}`);
  const withBarcode = (slot: number): string => {
    const barcode = barcodes.get(slot);
    return barcode === undefined ? '' : ` ${barcode}`;
  };
  return [
    `# What is in library ${library}. The lines and the meaning of barcodes: library_contents(5).`,
    '',
    'VERSION: 2',
    '',
    ...lines('Drive', Math.max(0, ...drives)),
    '',
    ...lines('Picker', 1),
    '',
    ...lines('MAP', MAPS),
    '',
    ...lines('Slot', Math.max(SLOTS, ...barcodes.keys()), withBarcode),
    '',
  ].join('\n');
}

function generate({ configDir, destDir = configDir, force }: Options): void {
  const file = join(configDir, 'device.conf');
  if (!existsSync(file)) throw new Failure(`${file} does not exist; generate_device_conf makes it`);
  const { value: conf, problems } = parseDeviceConf(readFileSync(file, 'utf8'), file);
  const errors = errorsAmong(problems);
  if (errors.length > 0) throw new Failure(errors.map(formatProblem).join('\n'));
  for (const { unit } of conf.libraries) {
    const path = join(destDir, `library_contents.${unit}`);
    if (existsSync(path) && !force) {
      warn(TOOL, `${path} exists; -f replaces it`);
      process.exitCode = EXIT.failure;
    } else {
      print(`===> Generating: ${path} ...`);
      replaceFile(path, contentsFor(conf, unit), 0o644);
    }
  }
}

const options = new Command(TOOL)
  .description('Writes library_contents of every library in device.conf.')
  .option('-C, --config-dir <directory>', 'where device.conf is', DEFAULT_CONFIG_PATH)
  .option('-D, --dest-dir <directory>', 'where to write; beside device.conf if left out')
  .option('-f, --force', 'replace files that exist')
  .version(version, '-V, --version')
  .helpOption('-h, --help')
  .parse()
  .opts<Options>();

void runTool(TOOL, () => generate(options));
