// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd remove ...`: drives, slots, cartridges and libraries, while everything else goes on.
import type { Command } from 'commander';
import { elementsIn, withElement, withoutElement, withoutRecord } from '../../config/edit-text.js';
import type { ElementKind } from '../../config/library-contents.js';
import { contentsFiles } from '../../config/load.js';
import { type Context, libraryOf, wholeNumber } from './arguments.js';
import { type Change, make, readText, reloadStep } from './change.js';
import { currentContents } from './current-contents.js';
import type { Daemons } from './daemons.js';
import { Failure } from './failure.js';
import { statesOf } from './state.js';
import { stopStep } from './systemd.js';
import { contentsOf, readUnits, type Units } from './units.js';

/** @throws Failure when one of the drives holds a cartridge. Only they are asked: others may be long in answering. */
async function assertEmpty(
  units: Units,
  drives: readonly number[],
  daemons: Daemons,
): Promise<void> {
  for (const { unit, barcode } of await statesOf(units, daemons, drives))
    if (barcode !== undefined)
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
  const steps = [stopStep([{ kind: 'drive', unit }], print)];
  const library = drive.place?.library;
  if (library !== undefined) {
    const text = await currentContents(units, library, daemons);
    texts.set(contentsOf(units, library), withoutElement(text, 'Drive', drive.place!.slot));
    steps.push(reloadStep(daemons, library));
  }
  return { texts, steps, said: `removed drive ${unit}` };
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
    said: `removed ${kind} ${number}`,
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
    said: `removed ${barcode}; its data are still on disk`,
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
  const { base: contents, kept } = contentsFiles(units.directory, unit);
  return {
    texts: new Map([[units.file, without]]),
    steps: [
      stopStep(
        [
          { kind: 'library', unit },
          ...drives.map((each) => ({ kind: 'drive' as const, unit: each })),
        ],
        print,
      ),
    ],
    gone: [contents, kept],
    said: `removed library ${unit}; its cartridges are still on disk`,
  };
}

export function addRemove(program: Command, daemons: Daemons, print: (text: string) => void): void {
  const context: Context = { daemons, print };
  const remove = program
    .command('remove')
    .description('remove a drive, slot, MAP, cartridge or library; data of cartridges stay');
  const finish = async (
    plan: () => Promise<Change>,
    options: { readonly dryRun?: true },
  ): Promise<void> => print(await make(plan, options));
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
      finish(() => removeDrive(number, options, context), options),
    );
  for (const [name, kind] of [
    ['slot', 'Slot'],
    ['map', 'MAP'],
  ] as const)
    command(name)
      .argument('<number>', 'its number', wholeNumber)
      .option(...inLibrary)
      .action(async (number: number, options: Options) =>
        finish(() => removePlace(kind, number, options.library, context), options),
      );
  command('cartridge')
    .argument('<barcode>')
    .option(...inLibrary)
    .action(async (barcode: string, options: Options) =>
      finish(() => removeCartridge(barcode, options.library, context), options),
    );
  command('library')
    .argument('<number>', 'its number', wholeNumber)
    .option('--force', 'also with cartridges in its drives')
    .action(async (number: number, options: Options) =>
      finish(() => removeLibrary(number, options, context), options),
    );
}
