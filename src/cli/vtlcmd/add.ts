// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd add ...`: drives, slots, cartridges and libraries, while everything else goes on.
import type { Command } from 'commander';
import { addCartridge, type CartridgeOptions } from './add/cartridge.js';
import { addDrive, type DriveOptions } from './add/drive.js';
import { addLibrary, type LibraryOptions } from './add/library.js';
import { addPlaces } from './add/places.js';
import { atLeastOne, type Context, megabytes, wholeNumber } from './arguments.js';
import { type Change, make } from './change.js';
import type { Daemons } from './daemons.js';
import { presets } from './presets.js';

export function addAdd(program: Command, daemons: Daemons, print: (text: string) => void): void {
  const context: Context = { daemons, print };
  const add = program
    .command('add')
    .description('add a drive, slot, MAP, cartridge or library while the others go on');
  const finish = async (
    plan: () => Promise<Change> | Change,
    options: { readonly dryRun?: true },
  ): Promise<void> => print(await make(plan, options));
  const dry = ['--dry-run', 'only show what would change'] as const;
  const inLibrary = ['--library <number>', 'its library', wholeNumber] as const;
  add
    .command('drive')
    .argument('[number]', 'its number; a free one if left out', wholeNumber)
    .description('add a drive')
    .requiredOption('--product <name>', 'product identification, as ULT3580-TD9')
    .option(...inLibrary)
    .option('--alone', 'in no library')
    .option('--vendor <name>', 'vendor identification')
    .option('--slot <number>', 'drive slot', wholeNumber)
    .option('--serial <text>', 'unit serial number')
    .option(...dry)
    .action(async (number: number | undefined, options: DriveOptions & { dryRun?: true }) =>
      finish(() => addDrive(number, options, context), options),
    );
  for (const [name, kind] of [
    ['slot', 'Slot'],
    ['map', 'MAP'],
  ] as const)
    add
      .command(name)
      .argument('[count]', 'how many', atLeastOne, 1)
      .description(`add empty places: ${kind}`)
      .option(...inLibrary)
      .option(...dry)
      .action(async (count: number, options: { library?: number; dryRun?: true }) =>
        finish(() => addPlaces(kind, count, options.library, context), options),
      );
  add
    .command('cartridge')
    .argument('<barcode>')
    .description('make a cartridge and put it into a slot')
    .option(...inLibrary)
    .option('--slot <number>', 'the first empty one if left out', wholeNumber)
    .option('--size <MB>', 'capacity; CAPACITY of mhvtl.conf if left out', megabytes)
    .option(...dry)
    .action(async (barcode: string, options: CartridgeOptions & { dryRun?: true }) =>
      finish(() => addCartridge(barcode, options, context), options),
    );
  add
    .command('library')
    .argument('[number]', 'its number; a free one if left out', wholeNumber)
    .description('add a library with drives and cartridges')
    .requiredOption('--preset <name>', `one of ${Object.keys(presets).join(', ')}`)
    .option('--drives <count>', 'how many drives', wholeNumber, 2)
    .option('--slots <count>', 'how many slots', wholeNumber, 20)
    .option('--maps <count>', 'how many MAPs', wholeNumber, 4)
    .option('--cartridges <count>', 'how many slots are filled; all if left out', wholeNumber)
    .option('--home <directory>', 'where the cartridges lie')
    .option(...dry)
    .action(async (number: number | undefined, options: LibraryOptions & { dryRun?: true }) =>
      finish(() => addLibrary(number, options, context), options),
    );
}
