// SPDX-License-Identifier: GPL-2.0-or-later
// Values on the command lines of the tape tools.
import { type Command, InvalidArgumentError } from 'commander';
import { BARCODE, MAX_BARCODE_LENGTH } from '../../config/barcode.js';
import { DEFAULT_CONFIG_PATH } from '../../config/load.js';
import {
  type CartridgeType,
  cartridgeTypes,
  typeByMktapeName,
} from '../../medium/cartridge-types.js';
import type { Use } from '../../medium/volume.js';
import { version } from '../../version.js';
import { MIB, useOf } from './new-tape.js';

/** What the words of `-t` begin with. */
export const USE_WORDS: readonly (readonly [word: string, use: Use])[] = [
  ...Object.entries(useOf),
  ['NULL', 'NULL'],
];

export function decimal(text: string, what: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`${what} is a decimal number.`);
  return Number(text);
}

export function libraryOption(text: string): number {
  const number = decimal(text, 'Invalid library number: it');
  if (number === 0) throw new InvalidArgumentError('Invalid library number: it is not 0.');
  return number;
}

export function barcodeOption(text: string): string {
  if (text.length > MAX_BARCODE_LENGTH)
    throw new InvalidArgumentError(`It has at most ${MAX_BARCODE_LENGTH} characters.`);
  if (!BARCODE.test(text))
    throw new InvalidArgumentError('It consists of letters, digits and any of $ % + - . _');
  return text;
}

/** Mebibytes as bytes, as far as the medium's own count of them goes. */
export function sizeOption(text: string): number {
  const bytes = decimal(text, 'A size in MB') * MIB;
  if (!Number.isSafeInteger(bytes)) throw new InvalidArgumentError('No tape is that long.');
  return bytes;
}

export function densityOption(text: string): CartridgeType {
  const type = typeByMktapeName(text);
  if (type) return type;
  const names = cartridgeTypes.map(({ mktapeName }) => mktapeName).join(' ');
  throw new InvalidArgumentError(`'${text}' is not a density this build knows. Known: ${names}`);
}

/** Which cartridge a tool is for, and what all tools print. */
export interface CommonOptions {
  readonly configDir: string;
  readonly homeDir?: string;
  readonly verbose?: true;
  readonly debug?: true;
  readonly json?: true;
}

/** Adds the options every tape tool has. */
export const withCommonOptions = (program: Command, verbose: string): Command =>
  program
    .option('-C, --config-dir <directory>', 'where the configuration is', DEFAULT_CONFIG_PATH)
    .option('-H, --home-dir <directory>', 'where cartridges are, whatever the configuration says')
    .option('-v, --verbose', verbose)
    .option('--json', 'print JSON')
    .version(`${program.name()}: version ${version}`, '-V, --version')
    .helpOption('-h, --help')
    .showHelpAfterError();
