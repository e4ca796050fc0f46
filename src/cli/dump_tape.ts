// SPDX-License-Identifier: GPL-2.0-or-later
// dump_tape: shows what is on a cartridge, and writes the files on it out as files.
import { Command } from 'commander';
import { type CartridgePlace, findCartridge } from '../medium/cartridge-files.js';
import { openCartridge } from '../medium/file-volume.js';
import { OBJECT_TYPES } from '../medium/index-record.js';
import { type IndexRecord, readRecords } from '../medium/read-records.js';
import type { Volume } from '../medium/volume.js';
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
import { EXIT, Progress, print, runTool, warn } from './tape/tool.js';
import { troubleOf } from './tape/trouble.js';

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

/** What hinders `act`; undefined when nothing does. The exit status tells of it. */
async function damageOf(act: () => unknown): Promise<string | undefined> {
  const trouble = await troubleOf(act);
  if (trouble !== undefined) process.exitCode = EXIT.store;
  return trouble;
}

/** Reads a block, and shows it when it is to be shown. */
async function printData(volume: Volume, partition: number, record: IndexRecord, show: boolean) {
  if (record.type === OBJECT_TYPES.filemark) {
    print(`Filemark at block : ${record.number} , skipping`);
    return;
  }
  const block = new Uint8Array(record.size);
  const damage = await damageOf(() => volume.read(partition, record.number, block));
  if (damage !== undefined) {
    warn(TOOL, damage);
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
  const lost = await damageOf(() => volume.kindAt(partition, end));
  if (lost !== undefined) warn(TOOL, lost);
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

/** The objects as JSON has them; with `data` each block is read, and what is wrong with one is said. */
async function objectsJson(
  place: CartridgePlace,
  volume: Volume,
  partition: number,
  data: boolean,
) {
  const objects: object[] = [];
  const end = volume.endOfData(partition);
  const progress = new Progress(`partition ${partition}`);
  for (const record of objectsOf(place, volume, partition)) {
    const block = data && record.type === OBJECT_TYPES.block;
    const read = () => volume.read(partition, record.number, new Uint8Array(record.size));
    const damage = block ? await damageOf(read) : undefined;
    objects.push({ ...objectJson(record), ...(damage !== undefined && { damage }) });
    if (data) progress.show(record.number, end);
  }
  progress.end();
  return objects;
}

async function partitionJson(
  place: CartridgePlace,
  volume: Volume,
  partition: number,
  data: boolean,
) {
  const end = volume.endOfData(partition);
  const objects = await objectsJson(place, volume, partition, data);
  const damage = await damageOf(() => volume.kindAt(partition, end));
  return {
    capacity: volume.capacity(partition),
    used: volume.used(partition, end),
    objects,
    ...(damage !== undefined && { damage }),
  };
}

async function json(place: CartridgePlace, volume: Volume, directory: string, data: boolean) {
  const { memory, format } = place;
  const partitions: object[] = [];
  for (let partition = 0; partition < volume.partitionCount; partition++)
    partitions.push(await partitionJson(place, volume, partition, data));
  return {
    barcode: volume.barcode,
    directory,
    format,
    density: memory.type.mktapeName,
    description: memory.type.description,
    type: memory.use,
    writeProtected: memory.writeProtected,
    loads: Number(memory.mam.get('loadCount')),
    partitions,
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
      print(JSON.stringify(await json(place, volume, directory, options.data === true)));
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
