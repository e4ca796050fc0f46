// SPDX-License-Identifier: GPL-2.0-or-later
// edit_tape: changes size, type, density and write protection of a cartridge.
import { Command, InvalidArgumentError } from 'commander';
import type { CartridgePlace } from '../medium/cartridge-files.js';
import type { CartridgeMemory } from '../medium/cartridge-memory.js';
import type { CartridgeType } from '../medium/cartridge-types.js';
import { editCartridge } from '../medium/edit.js';
import { openCartridge } from '../medium/file-volume.js';
import { whileLocked } from '../medium/lock/cartridge-lock.js';
import type { Use, Volume } from '../medium/volume.js';
import { findTape } from './tape/homes.js';
import { assertGivenBack } from './tape/loaded.js';
import { MIB } from './tape/new-tape.js';
import {
  barcodeOption,
  type CommonOptions,
  densityOption,
  libraryOption,
  sizeOption,
  USE_WORDS,
  withCommonOptions,
} from './tape/options.js';
import { Failure, print, runTool } from './tape/tool.js';

const TOOL = 'edit_tape';

interface Options extends CommonOptions {
  readonly barcode: string;
  readonly library?: number;
  /** Bytes; 0 for the native capacity. */
  readonly size?: number;
  readonly type?: Use;
  readonly density?: CartridgeType;
  readonly writeProtect?: boolean;
}

function use(text: string): Use {
  const word = text.toLowerCase();
  const known = USE_WORDS.find(([name]) => word.startsWith(name.toLowerCase()));
  if (!known) throw new InvalidArgumentError(`Unknown media type: ${text}`);
  return known[1];
}

/** on or yes; any other word has always meant off. */
const onOff = (text: string): boolean => /^(on|yes)/i.test(text);

/** Bytes and objects on the cartridge, by partition. */
interface Contents {
  readonly used: readonly number[];
  readonly empty: boolean;
}

function contentsOf(volume: Volume): Contents {
  const numbers = Array.from({ length: volume.partitionCount }, (_, partition) => partition);
  return {
    used: numbers.map((partition) => volume.used(partition, volume.endOfData(partition))),
    empty: numbers.every((partition) => volume.kindAt(partition, 0) === 'end of data'),
  };
}

/** What may not be done to a cartridge that has data. */
function assertAllowed(options: Options, memory: CartridgeMemory, { empty }: Contents): void {
  if (empty) return;
  const { density, type, barcode } = options;
  if (density && density !== memory.type)
    throw new Failure(`${barcode} holds data: erase it before giving it another density`);
  if (type && type !== memory.use && [type, memory.use].includes('NULL'))
    throw new Failure(`${barcode} holds data: a NULL cartridge keeps none, so erase it before`);
}

function setSize(barcode: string, bytes: number, place: CartridgePlace, { used }: Contents): void {
  const { memory, partitions } = place;
  memory.setCapacity(bytes, partitions.length);
  for (const [partition, there] of used.entries()) {
    const room = memory.capacity(partition, partitions.length);
    if (there > room)
      throw new Failure(
        `partition ${partition} of ${barcode} holds ${there} bytes, more than the ${room} it would have: erase it before, or give it more`,
      );
  }
}

/** Makes the changes in memory; returns what to say about them. */
function change(options: Options, place: CartridgePlace, contents: Contents): string[] {
  const { memory } = place;
  const { barcode, density, type, size, writeProtect } = options;
  assertAllowed(options, memory, contents);
  const said: string[] = [];
  if (density) {
    memory.setType(density);
    said.push(`Setting density to ${density.mktapeName}`);
  }
  if (type) {
    memory.setUse(type);
    said.push(`Setting media type to ${type}`);
  }
  if (size !== undefined) {
    setSize(barcode, size, place, contents);
    const megabytes = Math.floor((size || memory.type.nativeBytes) / MIB);
    said.push(
      size === 0
        ? `Using native capacity for ${barcode}: ${megabytes}MB`
        : `New capacity for ${barcode}: ${megabytes}MB`,
    );
  }
  if (writeProtect !== undefined) {
    memory.setWriteProtected(writeProtect);
    said.push(
      writeProtect
        ? `Setting write-protect for ${barcode}`
        : `Turning off write-protect for ${barcode}`,
    );
  }
  return said;
}

async function edit(options: Options, directory: string): Promise<void> {
  assertGivenBack(directory);
  const volume = openCartridge(directory, { readOnly: true });
  const contents = contentsOf(volume);
  await volume.close();
  const { said, memory } = editCartridge(directory, (place) => ({
    said: change(options, place, contents),
    memory: place.memory,
  }));
  const result = {
    barcode: options.barcode,
    directory,
    density: memory.type.mktapeName,
    type: memory.use,
    capacity: Number(memory.mam.get('maximumCapacity')),
    writeProtected: memory.writeProtected,
  };
  for (const line of options.json ? [JSON.stringify(result)] : said) print(line);
}

const program = withCommonOptions(
  new Command(TOOL)
    .description('Changes a virtual tape cartridge that is in no drive.')
    .requiredOption('-m, --barcode <barcode>', 'the cartridge', barcodeOption)
    .option('-l, --library <number>', 'its library, if others have one of that name', libraryOption)
    .option('-s, --size <MB>', 'capacity in units of 1048576 bytes; 0: native', sizeOption)
    .option('-t, --type <type>', USE_WORDS.map(([word]) => word).join(', '), use)
    .option('-d, --density <density>', 'see mktape(1)', densityOption)
    .option('-w, --write-protect <on|off>', 'the switch of the cartridge', onOff),
  'ignored: what is done is always said',
);

void runTool(TOOL, () => {
  const options = program.parse().opts<Options>();
  const directory = findTape(options);
  return whileLocked(directory, TOOL, () => edit(options, directory));
});
