// SPDX-License-Identifier: GPL-2.0-or-later
// generate_device_conf: writes the device.conf of the default configuration: two libraries with four drives each.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { DEFAULT_HOME_PATH } from '../config/identity.js';
import { replaceFile } from '../config/replace-file.js';
import { version } from '../version.js';
import { Failure, print, runTool } from './tape/tool.js';
import { defaultCompression, placeText, recordLines } from './vtlcmd/records.js';

const TOOL = 'generate_device_conf';

interface Options {
  readonly homeDir: string;
  readonly destDir: string;
  readonly force?: true;
  readonly override?: true;
}

/** A library of the default configuration. */
interface Default {
  readonly unit: number;
  readonly target: number;
  readonly vendor: string;
  readonly product: string;
  readonly serial: string;
  readonly drives: readonly (readonly [vendor: string, product: string, revision: string])[];
}

const defaults: readonly Default[] = [
  {
    unit: 10,
    target: 0,
    vendor: 'STK',
    product: 'L700',
    serial: 'XYZZY_A',
    drives: [
      ['IBM', 'ULT3580-TD8', '2160'],
      ['IBM', 'ULT3580-TD8', '2160'],
      ['IBM', 'ULT3580-TD6', '2160'],
      ['IBM', 'ULT3580-TD6', '2160'],
    ],
  },
  {
    unit: 30,
    target: 8,
    vendor: 'STK',
    product: 'L80',
    serial: 'XYZZY_B',
    drives: Array.from({ length: 4 }, () => ['STK', 'T10000B', '550V'] as const),
  },
];

/** The digits of the numbers stand there as they are written, as they always have. */
const NAA = (library: number, target: number): string =>
  `${library}:22:33:44:ab:00:${String(target).padStart(2, '0')}:00`;

function recordsOf(
  { unit, target, vendor, product, serial, drives }: Default,
  home: string,
): string[][] {
  const library = recordLines({
    kind: 'Library',
    unit,
    target,
    values: {
      vendor,
      product,
      serial,
      NAA: NAA(unit, target),
      homeDirectory: home,
      persist: 'False',
      backoff: '400',
    },
  });
  const rest = drives.map(([driveVendor, driveProduct, revision], i) =>
    recordLines({
      kind: 'Drive',
      unit: unit + i + 1,
      target: target + i + 1,
      values: {
        place: placeText(unit, i + 1),
        vendor: driveVendor,
        product: driveProduct,
        revision,
        serial: `${serial}${i + 1}`,
        NAA: NAA(unit, target + i + 1),
        ...defaultCompression,
        backoff: '400',
      },
    }),
  );
  return [library, ...rest];
}

/** The whole file. */
const deviceConf = (home: string): string =>
  [
    '# The libraries and drives of mhvtl. Every key is described in device.conf(5).',
    '',
    'VERSION: 5',
    ...defaults.flatMap((each) => recordsOf(each, home).map((lines) => `\n${lines.join('\n')}`)),
    '',
  ].join('\n');

/** @throws Failure */
function generate({ homeDir, destDir, force, override }: Options): void {
  const path = join(destDir, 'device.conf');
  if (!override && !existsSync(homeDir))
    throw new Failure(`${homeDir} does not exist; make it, or use -o if it will be there later`);
  if (!force && existsSync(path)) throw new Failure(`${path} exists; -f replaces it`);
  print(`===> Generating: ${path} ...`);
  replaceFile(path, deviceConf(homeDir), 0o644);
}

const options = new Command(TOOL)
  .description('Writes the device.conf of the default configuration.')
  .option('-H, --home-dir <directory>', 'where the cartridges are', DEFAULT_HOME_PATH)
  .option('-D, --dest-dir <directory>', 'where to write device.conf', '.')
  .option('-f, --force', 'replace a file that exists')
  .option('-o, --override', 'the home directory need not exist yet')
  .version(version, '-V, --version')
  .helpOption('-h, --help')
  .parse()
  .opts<Options>();

void runTool(TOOL, () => generate(options));
