// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd add ...`: drives, slots, cartridges and libraries, while everything else goes on.
import { type Command, InvalidArgumentError } from 'commander';
import { type LibraryConf, parseDeviceConf } from '../../config/device-conf.js';
import { withElement, withRecord } from '../../config/edit-text.js';
import type { ElementKind } from '../../config/library-contents.js';
import { driveProduct } from '../../personality/drives.js';
import { assertBarcode, defaultSize, makeCartridge } from './cartridges.js';
import { type Change, contentsOf, make, readText, reloadStep, startStep } from './change.js';
import { currentContents } from './current-contents.js';
import type { Daemons } from './daemons.js';
import { Failure } from './failure.js';
import { freeNAA, freeSerial, freeSlot, freeTarget, freeUnit } from './numbers.js';
import { presets } from './presets.js';
import { defaultCompression, placeText, recordLines } from './records.js';
import { readUnits, type Units } from './units.js';

export const wholeNumber = (text: string): number => {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It is a number.');
  return Number(text);
};

/** The library of a number, or the only one. @throws Failure */
export function libraryOf(units: Units, number: number | undefined): LibraryConf {
  const { libraries, file } = units;
  const found =
    number === undefined && libraries.length === 1
      ? libraries[0]
      : libraries.find(({ unit }) => unit === number);
  if (found) return found;
  const known = libraries.map(({ unit }) => unit).join(', ') || 'none';
  throw new Failure(
    number === undefined
      ? `Say which library: --library. There are: ${known}`
      : `There is no library ${number} in ${file}. There are: ${known}`,
  );
}

interface DriveOptions {
  readonly library?: number;
  readonly alone?: true;
  readonly product: string;
  readonly vendor?: string;
  readonly slot?: number;
  readonly serial?: string;
}

/** The record of a new drive, and its place. */
function driveRecord(units: Units, given: number | undefined, options: DriveOptions) {
  const library = options.alone ? undefined : libraryOf(units, options.library);
  const unit = given ?? freeUnit(units, library?.unit ?? 1);
  const slot = library && (options.slot ?? freeSlot(units, library.unit));
  const target = freeTarget(units);
  const vendor = options.vendor ?? driveProduct(options.product).vendor;
  if (vendor === '')
    throw new Failure(`The product ${options.product} is not known: say whose it is, --vendor`);
  const lines = recordLines({
    kind: 'Drive',
    unit,
    target,
    values: {
      place: library && slot ? placeText(library.unit, slot) : undefined,
      vendor,
      product: options.product,
      serial: options.serial ?? freeSerial(units, unit, library, slot),
      NAA: freeNAA(units, unit, target),
      ...defaultCompression,
    },
  });
  return { unit, library, slot, lines };
}

/** The last unit that belongs to a library, behind which another drive of it goes. */
const lastOf = ({ drives }: Units, library: number): number =>
  drives.filter(({ place }) => place?.library === library).at(-1)?.unit ?? library;

interface Context {
  readonly daemons: Daemons;
  print(text: string): void;
}

async function addDrive(
  given: number | undefined,
  options: DriveOptions,
  { daemons, print }: Context,
): Promise<Change & { readonly said: string }> {
  const units = readUnits();
  const { unit, library, slot, lines } = driveRecord(units, given, options);
  const after = library && lastOf(units, library.unit);
  const texts = new Map([[units.file, withRecord(readText(units.file), lines, after)]]);
  if (library && slot) {
    const text = await currentContents(units, library.unit, daemons);
    texts.set(contentsOf(units, library.unit), withElement(text, 'Drive', slot, undefined));
  }
  const steps = [startStep('drive', unit, print)];
  if (library) steps.push(reloadStep(daemons, library.unit));
  return { texts, steps, said: `drive ${unit}` };
}

/** Slots or MAPs at the end. */
async function addPlaces(
  kind: Extract<ElementKind, 'Slot' | 'MAP'>,
  count: number,
  number: number | undefined,
  { daemons }: Context,
): Promise<Change & { readonly said: string }> {
  const units = readUnits();
  const library = libraryOf(units, number).unit;
  let text = await currentContents(units, library, daemons);
  const numbers = [...text.matchAll(new RegExp(`^\\s*${kind}\\s*0*(\\d+)\\s*:`, 'gm'))];
  const last = Math.max(0, ...numbers.map((match) => Number(match[1])));
  for (let i = 1; i <= count; i++) text = withElement(text, kind, last + i, undefined);
  return {
    texts: new Map([[contentsOf(units, library), text]]),
    steps: [reloadStep(daemons, library)],
    said: count === 1 ? `${kind} ${last + 1}` : `${kind} ${last + 1} to ${last + count}`,
  };
}

interface CartridgeOptions {
  readonly library?: number;
  readonly slot?: number;
  readonly size?: number;
}

async function addCartridge(
  barcode: string,
  options: CartridgeOptions,
  { daemons }: Context,
): Promise<Change & { readonly said: string }> {
  const units = readUnits();
  const library = libraryOf(units, options.library);
  const text = await currentContents(units, library.unit, daemons);
  const empty = [...text.matchAll(/^\s*Slot\s*0*(\d+)\s*:\s*$/gm)].map((match) => Number(match[1]));
  const slot = options.slot ?? empty[0];
  if (slot === undefined)
    throw new Failure(`Library ${library.unit} has no empty slot: vtlcmd add slot`);
  if (!empty.includes(slot)) throw new Failure(`Slot ${slot} is not there or not empty`);
  assertBarcode(barcode);
  return {
    texts: new Map([[contentsOf(units, library.unit), withElement(text, 'Slot', slot, barcode)]]),
    steps: [
      {
        what: `make ${library.homeDirectory}/${barcode}`,
        run: () =>
          makeCartridge(library.homeDirectory, barcode, options.size ?? defaultSize(units)),
      },
      reloadStep(daemons, library.unit),
    ],
    said: `${barcode} in Slot ${slot}`,
  };
}

interface LibraryOptions {
  readonly preset: string;
  readonly drives: number;
  readonly slots: number;
  readonly maps: number;
  readonly cartridges?: number;
  readonly home?: string;
}

/** `A15001L9`: a letter for the library, its number and the slot. */
const barcodeFor = (library: number, slot: number, suffix: string): string =>
  `V${(library % 100).toString().padStart(2, '0')}${slot.toString().padStart(3, '0')}${suffix}`;

function contentsText(unit: number, options: LibraryOptions, suffix: string): string {
  const filled = Math.min(options.cartridges ?? options.slots, options.slots);
  const lines = (kind: ElementKind, count: number, content = (_: number) => ''): string[] =>
    Array.from({ length: count }, (_, i) => `${kind} ${i + 1}:${content(i + 1)}`);
  return [
    `# What is in library ${unit}. The lines and the meaning of barcodes: library_contents(5).`,
    'VERSION: 2',
    '',
    ...lines('Drive', options.drives),
    '',
    ...lines('Picker', 1),
    '',
    ...lines('MAP', options.maps),
    '',
    ...lines('Slot', options.slots, (slot) =>
      slot <= filled ? ` ${barcodeFor(unit, slot, suffix)}` : '',
    ),
    '',
  ].join('\n');
}

function addLibrary(
  given: number | undefined,
  options: LibraryOptions,
  { print }: Context,
): Change & { readonly said: string } {
  const units = readUnits();
  const preset = presets[options.preset];
  if (!preset)
    throw new Failure(
      `There is no preset "${options.preset}". There are: ${Object.keys(presets).join(', ')}`,
    );
  const unit = given ?? freeUnit(units, 10);
  const target = freeTarget(units);
  let text = withRecord(
    readText(units.file),
    recordLines({
      kind: 'Library',
      unit,
      target,
      values: {
        vendor: preset.vendor,
        product: preset.product,
        serial: freeSerial(units, unit),
        NAA: freeNAA(units, unit, target),
        homeDirectory: options.home ?? `${units.settings.homePath}/${unit}`,
        persist: 'True',
      },
    }),
  );
  const steps = [];
  // Each drive is numbered in view of those before it.
  for (let i = 0; i < options.drives; i++) {
    const sofar = readUnitsOf(units, text);
    const record = driveRecord(sofar, undefined, { library: unit, product: preset.drive });
    text = withRecord(text, record.lines);
    steps.push(startStep('drive', record.unit, print));
  }
  const contents = contentsText(unit, options, preset.suffix);
  const barcodes = [...contents.matchAll(/^Slot \d+: (\S+)$/gm)].map((match) => match[1]!);
  const home = options.home ?? `${units.settings.homePath}/${unit}`;
  steps.unshift({
    what: `make ${barcodes.length} cartridges in ${home}`,
    run() {
      for (const barcode of barcodes) makeCartridge(home, barcode, defaultSize(units));
    },
  });
  steps.push(startStep('library', unit, print));
  return {
    texts: new Map([
      [units.file, text],
      [contentsOf(units, unit), contents],
    ]),
    steps,
    said: `library ${unit}`,
  };
}

/** The units there would be with another device.conf. */
const readUnitsOf = (units: Units, text: string): Units => ({
  ...units,
  ...parseDeviceConf(text, units.file, units.settings.homePath).value,
});

export function addAdd(program: Command, daemons: Daemons, print: (text: string) => void): void {
  const context: Context = { daemons, print };
  const add = program
    .command('add')
    .description('add a drive, slot, MAP, cartridge or library while the others go on');
  const finish = async (
    change: Change & { readonly said: string },
    { dryRun }: { readonly dryRun?: true },
  ): Promise<void> => {
    const shown = await make(change, dryRun === true);
    print(dryRun ? shown : `added ${change.said}`);
  };
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
      finish(await addDrive(number, options, context), options),
    );
  for (const [name, kind] of [
    ['slot', 'Slot'],
    ['map', 'MAP'],
  ] as const)
    add
      .command(name)
      .argument('[count]', 'how many', wholeNumber, 1)
      .description(`add empty places: ${kind}`)
      .option(...inLibrary)
      .option(...dry)
      .action(async (count: number, options: { library?: number; dryRun?: true }) =>
        finish(await addPlaces(kind, count, options.library, context), options),
      );
  add
    .command('cartridge')
    .argument('<barcode>')
    .description('make a cartridge and put it into a slot')
    .option(...inLibrary)
    .option('--slot <number>', 'the first empty one if left out', wholeNumber)
    .option('--size <MB>', 'capacity; CAPACITY of mhvtl.conf if left out', wholeNumber)
    .option(...dry)
    .action(async (barcode: string, options: CartridgeOptions & { dryRun?: true }) =>
      finish(await addCartridge(barcode, options, context), options),
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
      finish(addLibrary(number, options, context), options),
    );
}
