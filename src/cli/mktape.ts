// SPDX-License-Identifier: GPL-2.0-or-later
// mktape: makes a cartridge.
import { Command, InvalidArgumentError } from 'commander';
import { BARCODE, MAX_BARCODE_LENGTH } from '../config/barcode.js';
import { defaultHomeDirectory } from '../config/identity.js';
import { DEFAULT_CONFIG_PATH, loadConfiguration } from '../config/load.js';
import { ConfigurationError } from '../config/problem.js';
import { type CartridgeType, cartridgeTypes, typeByMktapeName } from '../medium/cartridge-types.js';
import { CartridgeExistsError, createCartridge } from '../medium/create.js';
import type { Use } from '../medium/volume.js';
import { version } from '../version.js';

/** Exit statuses; scripts that call the reference's mktape know them. */
const FAILURE = 1;
const STORE_FAILURE = 2;

const MIB = 1 << 20;

/** What the words of `-t` begin with. Any other word has always meant data. */
const USES: readonly (readonly [word: string, use: Use])[] = [
  ['data', 'data'],
  ['clean', 'cleaning'],
  ['WORM', 'WORM'],
  ['NULL', 'NULL'],
];

interface Options {
  readonly library: number;
  readonly barcode: string;
  /** Bytes. */
  readonly size: number;
  readonly type: Use;
  readonly density: CartridgeType;
  readonly configDir: string;
  readonly homeDir?: string;
  readonly verbose?: true;
  readonly debug?: true;
}

function decimal(text: string, what: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`${what} is a decimal number.`);
  return Number(text);
}

function library(text: string): number {
  const number = decimal(text, 'Invalid library number: it');
  if (number === 0) throw new InvalidArgumentError('Invalid library number: it is not 0.');
  return number;
}

function barcode(text: string): string {
  if (text.length > MAX_BARCODE_LENGTH)
    throw new InvalidArgumentError(`It has at most ${MAX_BARCODE_LENGTH} characters.`);
  if (!BARCODE.test(text))
    throw new InvalidArgumentError('It consists of letters, digits and any of $ % + - . _');
  return text;
}

/** Mebibytes as bytes, as far as the medium's own count of them goes. */
function size(text: string): number {
  const bytes = decimal(text, 'A size in MB') * MIB;
  if (!Number.isSafeInteger(bytes)) throw new InvalidArgumentError('No tape is that long.');
  return bytes;
}

function use(text: string): Use {
  const known = USES.find(([word]) => text.startsWith(word));
  if (!known)
    process.stderr.write(
      `warning: '${text}' is none of ${USES.map(([word]) => word).join(', ')}: taken as data\n`,
    );
  return known?.[1] ?? 'data';
}

function density(text: string): CartridgeType {
  const type = typeByMktapeName(text);
  if (type) return type;
  const names = cartridgeTypes.map(({ mktapeName }) => mktapeName).join(' ');
  throw new InvalidArgumentError(`'${text}' is not a density this build knows. Known: ${names}`);
}

/** Seconds since 1970 to put on the cartridge (reproducible-builds.org, SOURCE_DATE_EPOCH). */
function creationTime(): number {
  const epoch = process.env['SOURCE_DATE_EPOCH'];
  if (epoch === undefined || epoch === '') return Math.floor(Date.now() / 1000);
  if (!/^\d{1,12}$/.test(epoch))
    throw new RangeError(`SOURCE_DATE_EPOCH is '${epoch}', which is no number of seconds`);
  return Number(epoch);
}

/** Directory of the library's cartridges. */
function homeOf(options: Options): string {
  if (options.homeDir !== undefined) return options.homeDir;
  const { libraries, settings } = loadConfiguration(options.configDir);
  const found = libraries.find(({ unit }) => unit === options.library);
  return found?.homeDirectory ?? defaultHomeDirectory(settings.homePath, options.library);
}

function make(options: Options): void {
  const directory = createCartridge(homeOf(options), {
    barcode: options.barcode,
    type: options.density,
    use: options.type,
    capacity: options.size,
    createdAt: creationTime(),
  });
  if (options.verbose || options.debug)
    process.stdout.write(
      `Created ${directory}: ${options.density.mktapeName}, ${options.type}, ${options.size || options.density.nativeBytes} bytes\n`,
    );
}

/** Says what went wrong; returns the exit status. */
function complain(error: unknown): number {
  /* An existing cartridge has never been an error: scripts make whole libraries again and again. */
  if (error instanceof CartridgeExistsError) {
    process.stderr.write(`mktape: ${error.message}\n`);
    return 0;
  }
  if (error instanceof ConfigurationError || error instanceof RangeError) {
    process.stderr.write(`mktape: ${error.message}\n`);
    return FAILURE;
  }
  if (!(error instanceof Error) || !('syscall' in error)) throw error;
  process.stderr.write(`mktape: cannot make the cartridge: ${error.message}\n`);
  return STORE_FAILURE;
}

const program = new Command('mktape')
  .description('Makes a virtual tape cartridge.')
  .requiredOption('-l, --library <number>', 'library it is for', library)
  .requiredOption('-m, --barcode <barcode>', `at most ${MAX_BARCODE_LENGTH} characters`, barcode)
  .requiredOption('-s, --size <MB>', 'capacity in units of 1048576 bytes; 0: native', size)
  .requiredOption('-t, --type <type>', USES.map(([word]) => word).join(', '), use)
  .requiredOption('-d, --density <density>', 'see mktape(1)', density)
  .option('-C, --config-dir <directory>', 'where the configuration is', DEFAULT_CONFIG_PATH)
  .option('-H, --home-dir <directory>', 'where to put it, whatever the configuration says')
  .option('-v, --verbose', 'say what was made')
  .option('-D, --debug [level]', 'the same as -v', () => true)
  .version(`mktape: version ${version}`, '-V, --version')
  .helpOption('-h, --help')
  .showHelpAfterError();

try {
  make(program.parse().opts<Options>());
} catch (error) {
  process.exitCode = complain(error);
}
