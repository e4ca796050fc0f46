// SPDX-License-Identifier: GPL-2.0-or-later
// mktape: makes a cartridge.
import { Command } from 'commander';
import { MAX_BARCODE_LENGTH } from '../config/barcode.js';
import type { CartridgeType } from '../medium/cartridge-types.js';
import type { Use } from '../medium/volume.js';
import { homeOf } from './tape/homes.js';
import { makeTape } from './tape/new-tape.js';
import {
  barcodeOption,
  type CommonOptions,
  densityOption,
  libraryOption,
  sizeOption,
  USE_WORDS,
  withCommonOptions,
} from './tape/options.js';
import { print, runTool, warn } from './tape/tool.js';

const TOOL = 'mktape';

interface Options extends CommonOptions {
  readonly library: number;
  readonly barcode: string;
  /** Bytes. */
  readonly size: number;
  readonly type: Use;
  readonly density: CartridgeType;
}

/** Any word that is not known has always meant data. */
function use(text: string): Use {
  const known = USE_WORDS.find(([word]) => text.startsWith(word));
  if (!known)
    process.stderr.write(
      `warning: '${text}' is none of ${USE_WORDS.map(([word]) => word).join(', ')}: taken as data\n`,
    );
  return known?.[1] ?? 'data';
}

/** An existing cartridge has never been an error: scripts make whole libraries again and again. */
function make(options: Options): void {
  const tape = makeTape({ ...options, home: homeOf(options) });
  if (options.json) print(JSON.stringify(tape));
  else if (!tape.made) warn(TOOL, `${tape.directory} already exists; it was left as it is`);
  else if (options.verbose || options.debug)
    print(`Created ${tape.directory}: ${tape.density}, ${tape.type}, ${tape.capacity} bytes`);
}

const program = withCommonOptions(
  new Command(TOOL)
    .description('Makes a virtual tape cartridge.')
    .requiredOption('-l, --library <number>', 'library it is for', libraryOption)
    .requiredOption(
      '-m, --barcode <barcode>',
      `at most ${MAX_BARCODE_LENGTH} characters`,
      barcodeOption,
    )
    .requiredOption('-s, --size <MB>', 'capacity in units of 1048576 bytes; 0: native', sizeOption)
    .requiredOption('-t, --type <type>', USE_WORDS.map(([word]) => word).join(', '), use)
    .requiredOption('-d, --density <density>', 'see mktape(1)', densityOption)
    .option('-D, --debug [level]', 'the same as -v', () => true),
  'say what was made',
);

void runTool(TOOL, () => make(program.parse().opts<Options>()));
