// SPDX-License-Identifier: GPL-2.0-or-later
// dump_tape: shows what is on a cartridge, and writes the files on it out as files.
import { Command } from 'commander';
import { type CartridgePlace, findCartridge } from '../medium/cartridge-files.js';
import { openCartridge } from '../medium/file-volume.js';
import { OBJECT_TYPES } from '../medium/index-record.js';
import { type IndexRecord, readRecords } from '../medium/read-records.js';
import { MediumError, type Volume } from '../medium/volume.js';
import { compressionOf, endLine, headLines, recordLines } from './tape/dump-text.js';
import { extract, type TapeFile } from './tape/extract.js';
import { findTape } from './tape/homes.js';
import { warnIfInUse } from './tape/loaded.js';
import {
  barcodeOption,
  type CommonOptions,
  libraryOption,
  withCommonOptions,
} from './tape/options.js';
import { EXIT, print, runTool, warn } from './tape/tool.js';

const TOOL = 'dump_tape';

interface Options extends CommonOptions {
  readonly barcode: string;
  readonly library?: number;
  readonly data?: true;
  readonly extract?: string;
}

/** The objects of a partition that can be relied on. */
function* objectsOf(
  place: CartridgePlace,
  volume: Volume,
  partition: number,
): Generator<IndexRecord> {
  const end = volume.endOfData(partition);
  if (end === 0) return;
  for (const record of readRecords(place.partitions[partition]!.indx)) {
    yield record;
    if (record.number === end - 1) return;
  }
}

/** Reads a block, and shows it when it is to be shown. */
async function printData(volume: Volume, partition: number, record: IndexRecord, show: boolean) {
  if (record.type === OBJECT_TYPES.filemark) {
    print(`Filemark at block : ${record.number} , skipping`);
    return;
  }
  const block = new Uint8Array(record.size);
  try {
    await volume.read(partition, record.number, block);
  } catch (error) {
    if (!(error instanceof MediumError)) throw error;
    warn(TOOL, error.message);
    process.exitCode = EXIT.store;
    return;
  }
  print(`c_pos->blk_size: ${record.size}\n\n`);
  if (!show) return;
  print('Data:');
  process.stdout.write(block);
  print('\nEnd of data');
}

async function dumpPartition(
  options: Options,
  place: CartridgePlace,
  volume: Volume,
  partition: number,
): Promise<void> {
  for (const line of headLines(place, volume, partition)) print(line);
  const marks = volume.filemarksForward(partition, 0, Number.MAX_SAFE_INTEGER).found;
  print(`Total num of filemarks: ${marks}`);
  if (options.verbose)
    for (const record of objectsOf(place, volume, partition))
      if (record.type === OBJECT_TYPES.filemark) print(`Filemark at ${record.number}`);
  for (const record of objectsOf(place, volume, partition)) {
    for (const line of recordLines(record)) print(line);
    if (options.data) await printData(volume, partition, record, options.verbose === true);
  }
  const end = volume.endOfData(partition);
  print(endLine(end, volume.used(partition, end)));
  /* Objects were lost there if this throws. */
  volume.kindAt(partition, end);
}

const objectJson = (record: IndexRecord) =>
  record.type === OBJECT_TYPES.filemark
    ? { number: record.number, kind: 'filemark' }
    : {
        number: record.number,
        kind: 'block',
        size: record.size,
        storedSize: record.storedSize,
        offset: Number(record.dataOffset),
        compression: compressionOf(record.flags),
        flags: record.flags,
        crc: record.crc,
      };

function json(place: CartridgePlace, volume: Volume, directory: string) {
  const { memory, format } = place;
  const numbers = Array.from({ length: volume.partitionCount }, (_, partition) => partition);
  return {
    barcode: volume.barcode,
    directory,
    format,
    density: memory.type.mktapeName,
    description: memory.type.description,
    type: memory.use,
    writeProtected: memory.writeProtected,
    loads: Number(memory.mam.get('loadCount')),
    partitions: numbers.map((partition) => ({
      capacity: volume.capacity(partition),
      used: volume.used(partition, volume.endOfData(partition)),
      objects: [...objectsOf(place, volume, partition)].map(objectJson),
    })),
  };
}

/** Says what was written, and what could not be read. */
function tellExtracted(files: readonly TapeFile[], options: Options): void {
  for (const { partition, file, path, bytes, blocks, damaged } of files) {
    const sizes = blocks.map(([count, size]) => `${count} x ${size}`).join(', ');
    if (!options.json) print(`${path}: ${bytes} bytes (${sizes || 'empty'})`);
    for (const { reason } of damaged) warn(TOOL, `partition ${partition}, file ${file}: ${reason}`);
  }
  if (options.json) print(JSON.stringify(files));
  if (files.some(({ damaged }) => damaged.length > 0)) process.exitCode = EXIT.store;
}

async function dump(options: Options): Promise<void> {
  const directory = findTape(options);
  warnIfInUse(TOOL, directory);
  const place = findCartridge(directory);
  const volume = openCartridge(directory, { readOnly: true });
  try {
    if (options.extract !== undefined) {
      tellExtracted(await extract(volume, options.extract), options);
      return;
    }
    if (options.json) {
      print(JSON.stringify(json(place, volume, directory)));
      return;
    }
    print(`mam from ${directory}`);
    for (let partition = 0; partition < volume.partitionCount; partition++)
      await dumpPartition(options, place, volume, partition);
  } finally {
    await volume.close();
  }
}

const program = withCommonOptions(
  new Command(TOOL)
    .description('Shows what is on a virtual tape cartridge.')
    .requiredOption('-m, --barcode <barcode>', 'the cartridge', barcodeOption)
    .option('-l, --library <number>', 'its library, if others have one of that name', libraryOption)
    .option('-D, --data', 'read every block; with -v, print it')
    .option('-d, --debug', 'ignored')
    .option('--extract <directory>', 'write the files on the tape there'),
  'print the numbers of the filemarks',
);

void runTool(TOOL, () => dump(program.parse().opts<Options>()));
