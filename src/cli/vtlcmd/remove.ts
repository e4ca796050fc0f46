// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd remove ...`: drives, slots, cartridges and libraries, while everything else goes on.
import type { Command } from 'commander';
import { elementsIn, withElement, withoutElement, withoutRecord } from '../../config/edit-text.js';
import type { ElementKind } from '../../config/library-contents.js';
import { type Context, libraryOf, wholeNumber } from './arguments.js';
import { type Change, contentsOf, make, readText, reloadStep, stopStep } from './change.js';
import { currentContents } from './current-contents.js';
import type { Daemons } from './daemons.js';
import { Failure } from './failure.js';
import { statesOf } from './state.js';
import { readUnits, type Units } from './units.js';

/** @throws Failure when one of the drives holds a cartridge */
async function assertEmpty(
  units: Units,
  drives: readonly number[],
  daemons: Daemons,
): Promise<void> {
  for (const { unit, barcode } of await statesOf(units, daemons))
    if (drives.includes(unit) && barcode !== undefined)
      throw new Failure(
        `Drive ${unit} holds ${barcode}: move it out of the drive first, or add --force`,
      );
}

async function removeDrive(
  unit: number,
  { force }: { readonly force?: true },
  { daemons, print }: Context,
): Promise<Change> {
  const units = readUnits();
  const drive = units.drives.find((each) => each.unit === unit);
  if (!drive) throw new Failure(`There is no drive ${unit} in ${units.file}`);
  if (!force) await assertEmpty(units, [unit], daemons);
  const texts = new Map([[units.file, withoutRecord(readText(units.file), unit)]]);
  const steps = [stopStep('drive', unit, print)];
  const library = drive.place?.library;
  if (library !== undefined) {
    const text = await currentContents(units, library, daemons);
    texts.set(contentsOf(units, library), withoutElement(text, 'Drive', drive.place!.slot));
    steps.push(reloadStep(daemons, library));
  }
  return { texts, steps };
}

async function removePlace(
  kind: Extract<ElementKind, 'Slot' | 'MAP'>,
  number: number,
  library: number | undefined,
  { daemons }: Context,
): Promise<Change> {
  const units = readUnits();
  const { unit } = libraryOf(units, library);
  const text = await currentContents(units, unit, daemons);
  const line = elementsIn(text, kind).find((each) => each.number === number);
  if (!line) throw new Failure(`Library ${unit} has no ${kind} ${number}`);
  if (line.content)
    throw new Failure(`${kind} ${number} holds ${line.content}: move it away first`);
  return {
    texts: new Map([[contentsOf(units, unit), withoutElement(text, kind, number)]]),
    steps: [reloadStep(daemons, unit)],
  };
}

async function removeCartridge(
  barcode: string,
  library: number | undefined,
  { daemons }: Context,
): Promise<Change> {
  const units = readUnits();
  const { unit } = libraryOf(units, library);
  const states = await statesOf(units, daemons);
  const drive = states.find((each) => each.kind === 'drive' && each.barcode === barcode);
  if (drive) throw new Failure(`${barcode} is in drive ${drive.unit}: move it to a slot first`);
  const text = await currentContents(units, unit, daemons);
  const place = elementsIn(text, 'Slot', 'MAP').find(({ content }) => content === barcode);
  if (!place) throw new Failure(`${barcode} is not in library ${unit}`);
  return {
    texts: new Map([
      [contentsOf(units, unit), withElement(text, place.kind, place.number, undefined)],
    ]),
    steps: [reloadStep(daemons, unit)],
  };
}

async function removeLibrary(
  unit: number,
  { force }: { readonly force?: true },
  { daemons, print }: Context,
): Promise<Change> {
  const units = readUnits();
  libraryOf(units, unit);
  const drives = units.drives.flatMap((each) => (each.place?.library === unit ? [each.unit] : []));
  if (!force) await assertEmpty(units, drives, daemons);
  const without = [unit, ...drives].reduce(withoutRecord, readText(units.file));
  const contents = contentsOf(units, unit);
  return {
    texts: new Map([[units.file, without]]),
    gone: [contents, `${contents}.persist`],
    steps: [
      stopStep('library', unit, print),
      ...drives.map((each) => stopStep('drive', each, print)),
    ],
  };
}

export function addRemove(program: Command, daemons: Daemons, print: (text: string) => void): void {
  const context: Context = { daemons, print };
  const remove = program
    .command('remove')
    .description('remove a drive, slot, MAP, cartridge or library; data of cartridges stay');
  const finish = async (
    change: Change,
    said: string,
    { dryRun }: { readonly dryRun?: true },
  ): Promise<void> => {
    const shown = await make(change, dryRun === true);
    print(dryRun ? shown : `removed ${said}`);
  };
  type Options = { readonly library?: number; readonly force?: true; readonly dryRun?: true };
  const command = (name: string): Command =>
    remove
      .command(name)
      .description(`remove a ${name}`)
      .option('--dry-run', 'only show what would change');
  const inLibrary = ['--library <number>', 'its library', wholeNumber] as const;
  command('drive')
    .argument('<number>', 'its number', wholeNumber)
    .option('--force', 'also with a cartridge in it')
    .action(async (number: number, options: Options) =>
      finish(await removeDrive(number, options, context), `drive ${number}`, options),
    );
  for (const [name, kind] of [
    ['slot', 'Slot'],
    ['map', 'MAP'],
  ] as const)
    command(name)
      .argument('<number>', 'its number', wholeNumber)
      .option(...inLibrary)
      .action(async (number: number, options: Options) =>
        finish(
          await removePlace(kind, number, options.library, context),
          `${kind} ${number}`,
          options,
        ),
      );
  command('cartridge')
    .argument('<barcode>')
    .option(...inLibrary)
    .action(async (barcode: string, options: Options) =>
      finish(await removeCartridge(barcode, options.library, context), barcode, options),
    );
  command('library')
    .argument('<number>', 'its number', wholeNumber)
    .option('--force', 'also with cartridges in its drives')
    .action(async (number: number, options: Options) =>
      finish(
        await removeLibrary(number, options, context),
        `library ${number}; its cartridges are still on disk`,
        options,
      ),
    );
}
