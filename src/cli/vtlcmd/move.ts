// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd load`, `unload` and `move`: cartridges by their barcodes, wherever they are.
import type { Command } from 'commander';
import type { DriveConf } from '../../config/device-conf.js';
import { elementsIn } from '../../config/edit-text.js';
import { type Context, libraryOf, wholeNumber } from './arguments.js';
import { readText } from './change.js';
import { obeyed } from './daemons.js';
import { Failure } from './failure.js';
import { holderOf, type Place, placesOf, placeWord } from './places.js';
import { contentsOf, readUnits, type Units } from './units.js';

const PLACE = /^(slot|drive|map|picker):\d+$/i;

function driveOf({ drives, file }: Units, number: number): DriveConf {
  const found = drives.find(({ unit }) => unit === number);
  if (found) return found;
  const known = drives.map(({ unit }) => unit).join(', ') || 'none';
  throw new Failure(`There is no drive ${number} in ${file}. There are: ${known}`);
}

/** Has the library do it, if the drive stands in one; else a person does it. */
async function load(number: number, barcode: string, { daemons }: Context): Promise<string> {
  const { place } = driveOf(readUnits(), number);
  if (!place) return obeyed(daemons, number, `load ${barcode} `);
  const from = holderOf(await placesOf(daemons, place.library), barcode, place.library);
  const to = placeWord({ kind: 'Drive', number: place.slot });
  return obeyed(daemons, place.library, `move ${placeWord(from)} ${to} `);
}

/** The slot library_contents has for the cartridge, if it is empty now, or the first empty one. */
function slotFor(units: Units, library: number, places: readonly Place[], barcode: string): Place {
  const empty = places.filter(({ kind, barcode: held }) => kind === 'Slot' && held === undefined);
  const text = readText(contentsOf(units, library));
  const home = elementsIn(text, 'Slot').find(({ content }) => content === barcode)?.number;
  const found = empty.find(({ number }) => number === home) ?? empty[0];
  if (!found) throw new Failure(`Library ${library} has no empty slot: vtlcmd add slot`);
  return found;
}

async function unload(
  number: number,
  to: string | undefined,
  { daemons }: Context,
): Promise<string> {
  const units = readUnits();
  const { place } = driveOf(units, number);
  if (!place) return obeyed(daemons, number, 'unload ');
  const places = await placesOf(daemons, place.library);
  const from = places.find(({ kind, number: slot }) => kind === 'Drive' && slot === place.slot);
  if (from?.barcode === undefined) throw new Failure(`Drive ${number} is empty`);
  const target = to ?? placeWord(slotFor(units, place.library, places, from.barcode));
  const said = await obeyed(daemons, place.library, `move ${placeWord(from)} ${target} `);
  return said === 'OK' ? `${from.barcode} to ${target}` : said;
}

async function move(
  from: string,
  to: string,
  number: number | undefined,
  { daemons }: Context,
): Promise<string> {
  const { unit } = libraryOf(readUnits(), number);
  const source = PLACE.test(from)
    ? from
    : placeWord(holderOf(await placesOf(daemons, unit), from, unit));
  return obeyed(daemons, unit, `move ${source} ${to} `);
}

export function addMove(program: Command, context: Context): void {
  program
    .command('load')
    .argument('<drive>', 'its number', wholeNumber)
    .argument('<barcode>')
    .description('have the library put a cartridge into a drive, wherever it is')
    .action(async (drive: number, barcode: string) =>
      context.print(await load(drive, barcode, context)),
    );
  program
    .command('unload')
    .argument('<drive>', 'its number', wholeNumber)
    .argument('[place]', 'as slot:1')
    .description('have the library take the cartridge out of a drive, to its slot or another place')
    .action(async (drive: number, place: string | undefined) =>
      context.print(await unload(drive, place, context)),
    );
  program
    .command('move <from> <to>')
    .description('move a cartridge: from a place, as slot:1, or by its barcode; to a place')
    .option('--library <number>', 'its library', wholeNumber)
    .action(async (from: string, to: string, { library }: { library?: number }) =>
      context.print(await move(from, to, library, context)),
    );
}
