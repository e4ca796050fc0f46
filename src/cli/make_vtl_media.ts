// SPDX-License-Identifier: GPL-2.0-or-later
// make_vtl_media: makes the cartridges of all libraries, from their barcodes.
import fs from 'node:fs';
import { Command } from 'commander';
import { mediumFromBarcode } from '../config/barcode.js';
import { loadConfiguration } from '../config/load.js';
import { typeByMktapeName } from '../medium/cartridge-types.js';
import { CartridgeLock } from '../medium/lock/cartridge-lock.js';
import { MediumError } from '../medium/volume.js';
import { type MadeTape, MIB, makeDirectory, makeTape, useOf } from './tape/new-tape.js';
import { type CommonOptions, libraryOption, withCommonOptions } from './tape/options.js';
import { asOwnerOf } from './tape/owner.js';
import { EXIT, Progress, print, runTool, warn } from './tape/tool.js';

const TOOL = 'make_vtl_media';

interface Options extends CommonOptions {
  readonly library?: number;
  readonly force?: true;
  readonly createDir?: true;
  /** In front of every home directory. */
  readonly root: string;
}

/** A cartridge a library has a place for. */
interface Wanted {
  readonly barcode: string;
  readonly home: string;
}

interface Plan {
  readonly tapes: readonly Wanted[];
  readonly homes: readonly string[];
  /** Bytes. */
  readonly capacity: number;
}

/** Every barcode in the contents of every library, each once for a home directory. */
function planOf(options: Options): Plan {
  const { libraries, contents, settings } = loadConfiguration(options.configDir);
  const chosen = libraries.filter(({ unit }) => [undefined, unit].includes(options.library));
  const homeOf = (home: string): string => options.homeDir ?? home;
  const tapes = chosen.flatMap(({ unit, homeDirectory }) => {
    const { Slot, MAP, Picker } = contents.get(unit)!;
    const barcodes = [...Slot, ...MAP, ...Picker].flatMap(({ content }) => content ?? []);
    return barcodes.sort().map((barcode) => ({ barcode, home: homeOf(homeDirectory) }));
  });
  return {
    tapes: [...new Map(tapes.map((tape) => [`${tape.home}/${tape.barcode}`, tape])).values()],
    homes: [...new Set(chosen.map(({ homeDirectory }) => homeOf(homeDirectory)))],
    capacity: settings.capacity * MIB,
  };
}

/** Removes a cartridge that no drive has. @throws MediumError `'in use'` */
function remove(home: string, barcode: string): void {
  const directory = `${home}/${barcode}`;
  asOwnerOf(home, () => {
    if (!fs.existsSync(directory)) return;
    const lock = CartridgeLock.acquire(directory, TOOL);
    try {
      fs.rmSync(directory, { recursive: true, force: true });
    } finally {
      lock.release();
    }
  });
}

/** Makes one; undefined when its barcode does not say what it is. */
function make({ barcode, home }: Wanted, size: number, force: boolean): MadeTape | undefined {
  const kind = mediumFromBarcode(barcode);
  const density = kind && typeByMktapeName(kind.density);
  if (!kind || !density) return undefined;
  if (force) remove(home, barcode);
  return makeTape({ home, barcode, density, type: useOf[kind.type], size });
}

function tell(tape: MadeTape, verbose: boolean): void {
  if (tape.made)
    print(`Created ${tape.directory}: ${tape.density}, ${tape.type}, ${tape.capacity} bytes`);
  else if (verbose) print(`${tape.directory} already exists`);
}

/** What `act` returns, or that somebody else has the cartridge, which is said: the others are made all the same. */
function unlessInUse<T>(act: () => T): T | 'in use' {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof MediumError) || error.fault !== 'in use') throw error;
    warn(TOOL, error.message);
    return 'in use';
  }
}

function makeAll(options: Options): void {
  const { tapes, homes, capacity } = planOf(options);
  if (options.createDir) for (const home of homes) makeDirectory(`${options.root}${home}`);
  const done: MadeTape[] = [];
  const unknown: string[] = [];
  const inUse: string[] = [];
  const progress = new Progress('cartridges');
  for (const [number, tape] of tapes.entries()) {
    if (options.json) progress.show(number, tapes.length);
    const place = { ...tape, home: `${options.root}${tape.home}` };
    const result = unlessInUse(() => make(place, capacity, options.force === true));
    if (result === 'in use') inUse.push(tape.barcode);
    else if (!result) unknown.push(tape.barcode);
    else {
      done.push(result);
      if (!options.json) tell(result, options.verbose === true);
    }
  }
  progress.end();
  const made = done.filter((tape) => tape.made).length;
  if (options.json) print(JSON.stringify({ homes, tapes: done, unknown, inUse }));
  else print(`${made} made, ${done.length - made} there already`);
  for (const barcode of unknown)
    warn(
      TOOL,
      `${barcode} does not say what cartridge it is (library_contents(5) has the suffixes): make it with mktape`,
    );
  if (unknown.length + inUse.length > 0) process.exitCode = EXIT.failure;
}

const program = withCommonOptions(
  new Command(TOOL)
    .description('Makes the cartridges of the libraries, from their barcodes.')
    .option('-l, --library <number>', 'of this library only', libraryOption)
    .option('-f, --force', 'remove those that exist and make them anew: their data are lost')
    .option('-c, --create-dir', 'make home directories that do not exist')
    .option('--root <directory>', 'in front of every home directory, to fill an image', '')
    .option('-m, --mktape-path <directory>', 'ignored: no other program is called'),
  'say what exists, too',
);

void runTool(TOOL, () => makeAll(program.parse().opts<Options>()));
