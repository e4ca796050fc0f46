// SPDX-License-Identifier: GPL-2.0-or-later
// preload_tape: writes files to a cartridge, each as one tape file.
import fs from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { openCartridge } from '../medium/file-volume.js';
import { type Compression, compressionTypes, type Volume } from '../medium/volume.js';
import { findTape } from './tape/homes.js';
import { assertGivenBack } from './tape/loaded.js';
import {
  barcodeOption,
  type CommonOptions,
  decimal,
  libraryOption,
  withCommonOptions,
} from './tape/options.js';
import { EXIT, Failure, Progress, print, runTool } from './tape/tool.js';

const TOOL = 'preload_tape';
/** Longest block a drive takes. */
const LONGEST_BLOCK = 1 << 24;
/** Who wrote, as the cartridge's history of loads says it. */
const WRITER = { vendor: 'MHVTL', serial: TOOL };

interface Options extends CommonOptions {
  readonly barcode: string;
  readonly library?: number;
  readonly file: readonly string[];
  readonly blockSize: number;
  readonly compression?: Compression;
  readonly append?: true;
  readonly overwrite?: true;
}

function blockSize(text: string): number {
  const bytes = decimal(text, 'A block size');
  if (bytes === 0 || bytes > LONGEST_BLOCK)
    throw new InvalidArgumentError(`A block has 1 to ${LONGEST_BLOCK} bytes.`);
  return bytes;
}

/** Level of the compressions that have one; that of a drive by default. */
const LEVEL = 1;

function compression(text: string): Compression | undefined {
  const word = text.toLowerCase();
  if (word === 'none') return undefined;
  const type = compressionTypes.find((known) => known === word);
  if (type) return { type, level: LEVEL };
  throw new InvalidArgumentError(`Allowed: none, ${compressionTypes.join(', ')}.`);
}

/** What cannot be read is found out before anything is overwritten. */
function assertReadable(path: string): void {
  fs.accessSync(path, fs.constants.R_OK);
  if (fs.statSync(path).isDirectory())
    throw new Failure(`${path} is a directory: write an archive of it`);
}

/** Where to begin; refuses what a drive would. */
function startOf(volume: Volume, options: Options): number {
  const end = volume.endOfData(0);
  if (volume.writeProtected) throw new Failure(`${volume.barcode} is write-protected`);
  if (volume.use === 'cleaning') throw new Failure(`${volume.barcode} is a cleaning cartridge`);
  if (end === 0 && volume.kindAt(0, 0) === 'end of data') return 0;
  if (options.append) {
    volume.kindAt(0, end);
    return end;
  }
  if (!options.overwrite)
    throw new Failure(`${volume.barcode} holds data: say --append or --overwrite`);
  if (volume.use === 'WORM') throw new Failure(`${volume.barcode} can be written only once`);
  return 0;
}

/** Fills `block` from the file as far as it goes; returns how much. */
function fill(fd: number, block: Uint8Array): number {
  let filled = 0;
  while (filled < block.length) {
    const count = fs.readSync(fd, block, filled, block.length - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

/** Writes one file and a filemark; returns the position after it and the bytes written. */
async function writeFile(
  volume: Volume,
  path: string,
  start: number,
  { blockSize, compression }: Options,
): Promise<{ readonly position: number; readonly bytes: number }> {
  const fd = fs.openSync(path, 'r');
  const total = fs.fstatSync(fd).size;
  const progress = new Progress(path);
  let position = start;
  let bytes = 0;
  try {
    for (;;) {
      const block = new Uint8Array(blockSize);
      const length = fill(fd, block);
      if (length === 0) break;
      if (volume.used(0, position) >= volume.capacity(0))
        throw new Failure(`${volume.barcode} is full after ${bytes} bytes of ${path}`, EXIT.store);
      await volume.write(0, position++, block.subarray(0, length), { compress: compression });
      bytes += length;
      progress.show(bytes, total);
    }
    await volume.writeFilemarks(0, position++, 1);
  } finally {
    progress.end();
    fs.closeSync(fd);
  }
  return { position, bytes };
}

async function preload(options: Options): Promise<void> {
  const directory = findTape(options);
  for (const path of options.file) assertReadable(path);
  const volume = openCartridge(directory, { holder: TOOL });
  const written: { file: string; bytes: number; blocks: number }[] = [];
  let position: number;
  try {
    assertGivenBack(directory);
    position = startOf(volume, options);
  } catch (error) {
    await volume.close();
    throw error;
  }
  await volume.mount(WRITER);
  await volume.noteModification();
  try {
    if (position === 0) await volume.truncate(0, 0);
    for (const file of options.file) {
      const after = await writeFile(volume, file, position, options);
      written.push({ file, bytes: after.bytes, blocks: after.position - position - 1 });
      position = after.position;
    }
  } finally {
    const bytesWritten = written.reduce((sum, { bytes }) => sum + bytes, 0);
    await volume.dismount({ bytesWritten, bytesRead: 0 });
  }
  if (options.json) print(JSON.stringify({ barcode: options.barcode, directory, written }));
  else if (options.verbose)
    for (const { file, bytes, blocks } of written)
      print(`${file}: ${bytes} bytes in ${blocks} blocks`);
}

const program = withCommonOptions(
  new Command(TOOL)
    .description('Writes files to a virtual tape cartridge, a filemark after each.')
    .requiredOption('-m, --barcode <barcode>', 'the cartridge', barcodeOption)
    .requiredOption('-F, --file <file...>', 'what to write, in this order')
    .requiredOption('-b, --block-size <bytes>', 'of each block but the last', blockSize)
    .option('-c, --compression <type>', `none, ${compressionTypes.join(', ')}`, compression)
    .option('-l, --library <number>', 'its library, if others have one of that name', libraryOption)
    .option('-a, --append', 'write behind the data there are')
    .option('-o, --overwrite', 'write over the data there are'),
  'say what was written',
);

void runTool(TOOL, () => preload(program.parse().opts<Options>()));
