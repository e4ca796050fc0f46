// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd 11 load E01001L8`: says one thing to one unit. Texts and order of the checks are those of mhvtl 1.8.
import { join } from 'node:path';
import { homesOf } from '../../config/load.js';
import { TEXT_LIMIT } from '../../ipc/message.js';
import { type Said, understand, WORDS, type Word } from '../../ipc/words.js';
import { cartridgeDirectory } from '../../medium/homes.js';
import { type Daemons, obeyed } from './daemons.js';
import { Failure } from './failure.js';
import { allLines, PAGED } from './pages.js';
import { kindOf, readUnits, type Units } from './units.js';

/** The last number mhvtl 1.8 took for a unit. */
const LAST_UNIT = 32767;

const synopsisOf = ({ text, arguments: args }: Word): string =>
  [text, ...args.map(({ name, optional }) => (optional ? `[${name}]` : name))].join(' ');

/** The commands with their arguments and what they do, for a kind of unit. */
export const commandLines = (kind: 'drive' | 'library'): string[] =>
  (WORDS as readonly Word[])
    .filter((word) => word.for.includes(kind))
    .map((word) => `  ${synopsisOf(word).padEnd(28)} ${word.doc}`);

export const unitUsage = (): string =>
  [
    'Usage: vtlcmd <DeviceNo> <command> [arguments]',
    '',
    'Commands for libraries:',
    ...commandLines('library'),
    '',
    'Commands for drives:',
    ...commandLines('drive'),
  ].join('\n');

/** `library` has meant the one library there is since 2008. */
function numberOf(word: string, units: () => Units): number {
  if (word === 'library') {
    const first = units().libraries[0];
    if (first) return first.unit;
    throw new Failure(`There is no library in ${units().file}`);
  }
  if (!/^\d+$/.test(word)) throw new Failure(`DeviceNo not numeric: ${word}`);
  return Number(word);
}

function understood(words: readonly string[]): Said {
  const said = understand(words);
  if ('word' in said) return said;
  if (words[0]?.toLowerCase() === 'tapealert' && words.length === 2)
    throw new Failure(`Value not hexadecimal: ${words[1]}`);
  throw new Failure(
    `Please check command, parameter '${said.what}' wrong.\n(${said.what} ${said.why})\n\n${unitUsage()}`,
  );
}

/** A unit of that number which knows the command. */
function assertKnown({ word }: Said, unit: number, units: Units): void {
  const kind = kindOf(units, unit);
  if (!kind)
    throw new Failure(`No tape/library (${units.file}) configured with device number: ${unit}`);
  if (!word.for.includes(kind))
    throw new Failure(`Command for ${kind === 'drive' ? 'library' : 'tape'} not allowed`);
}

/** A cartridge that goes into the MAP must exist: nobody would notice before a drive is to load it. */
function assertCartridge({ word, arguments: [barcode] }: Said, unit: number, units: Units): void {
  if (word.text !== 'load map' || barcode === undefined) return;
  const homes = homesOf(units, unit);
  if (cartridgeDirectory(homes, barcode) !== undefined) return;
  throw new Failure(
    `Could not open ${join(homes[0]!, barcode)}: No such file or directory\n` +
      "Hint: Use command 'mktape' to create media first",
  );
}

/**
 * Does it.
 * @returns what is to be printed
 * @throws Failure
 */
export async function unitCommand(
  device: string,
  words: readonly string[],
  daemons: Daemons,
): Promise<string> {
  let read: Units | undefined;
  const units = (): Units => {
    read ??= readUnits();
    return read;
  };
  const unit = numberOf(device, units);
  if (words.length === 0) throw new Failure(unitUsage());
  const said = understood(words);
  if (unit > LAST_UNIT) throw new Failure(`Invalid device number for tape/library: ${device}`);
  assertKnown(said, unit, units());
  assertCartridge(said, unit, units());
  const paged = PAGED.find((word) => word === said.word.text);
  if (paged) {
    const from = said.arguments[0] ?? (paged === 'trace' ? '0' : undefined);
    const lines = allLines(daemons, unit, paged, from === undefined ? from : Number(from));
    return (await lines).join('\n');
  }
  // The words end in a blank, as they always have.
  const text = words.map((word) => `${word} `).join('');
  if (text.length > TEXT_LIMIT)
    throw new Failure(`Command line too long (max ${TEXT_LIMIT} bytes)`);
  return obeyed(daemons, unit, text);
}
