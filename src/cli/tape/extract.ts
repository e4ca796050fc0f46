// SPDX-License-Identifier: GPL-2.0-or-later
// Writes the files on a tape out as files: what lies between two filemarks is one.
import fs from 'node:fs';
import type { Volume } from '../../medium/volume.js';
import { Progress } from './tool.js';
import { troubleOf } from './trouble.js';

/** A file on the tape, as the listing has it. */
export interface TapeFile {
  readonly partition: number;
  /** Counted from 0 within its partition, as `mt fsf` counts. */
  readonly file: number;
  /** Where it was written, relative to the listing. */
  readonly path: string;
  readonly bytes: number;
  /** Runs of blocks of one size: how many, and how long each is. */
  readonly blocks: [count: number, size: number][];
  /** Whether a filemark ends it; end of data does otherwise. */
  readonly filemark: boolean;
  /** Objects that could not be read: their bytes are missing in the file. */
  readonly damaged: { readonly object: number; readonly reason: string }[];
}

const LISTING = 'listing.json';

/** A tape file being written. */
class Writer {
  readonly #directory: string;
  readonly #partition: number;
  readonly #file: number;
  readonly #path: string;
  readonly #fd: number;
  readonly #blocks: [number, number][] = [];
  readonly #damaged: { object: number; reason: string }[] = [];
  #bytes = 0;

  constructor(directory: string, partition: number, file: number) {
    this.#directory = directory;
    this.#partition = partition;
    this.#file = file;
    this.#path = `p${partition}-file${String(file).padStart(5, '0')}`;
    this.#fd = fs.openSync(`${this.#directory}/${this.#path}`, 'wx');
  }

  add(block: Uint8Array): void {
    fs.writeFileSync(this.#fd, block);
    this.#bytes += block.length;
    const run = this.#blocks.at(-1);
    if (run?.[1] === block.length) run[0]++;
    else this.#blocks.push([1, block.length]);
  }

  fail(object: number, reason: string): void {
    this.#damaged.push({ object, reason });
  }

  end(filemark: boolean): TapeFile {
    fs.closeSync(this.#fd);
    return {
      partition: this.#partition,
      file: this.#file,
      path: this.#path,
      bytes: this.#bytes,
      blocks: this.#blocks,
      filemark,
      damaged: this.#damaged,
    };
  }
}

/** Reads one block; a block that cannot be read is noted in the file. */
async function copyBlock(
  volume: Volume,
  partition: number,
  position: number,
  writer: Writer,
): Promise<void> {
  const trouble = await troubleOf(async () => {
    const { size } = await volume.blockInfo(partition, position);
    const into = new Uint8Array(size);
    await volume.read(partition, position, into);
    writer.add(into);
  });
  if (trouble !== undefined) writer.fail(position, trouble);
}

async function extractPartition(
  volume: Volume,
  partition: number,
  directory: string,
): Promise<TapeFile[]> {
  const files: TapeFile[] = [];
  const end = volume.endOfData(partition);
  const progress = new Progress(`partition ${partition}`);
  let writer: Writer | undefined;
  for (let position = 0; position < end; position++) {
    writer ??= new Writer(directory, partition, files.length);
    if (volume.kindAt(partition, position) === 'block')
      await copyBlock(volume, partition, position, writer);
    else {
      files.push(writer.end(true));
      writer = undefined;
    }
    progress.show(position, end);
  }
  const lost = await troubleOf(() => volume.kindAt(partition, end));
  if (lost !== undefined) {
    writer ??= new Writer(directory, partition, files.length);
    writer.fail(end, lost);
  }
  if (writer) files.push(writer.end(false));
  progress.end();
  return files;
}

/**
 * Writes every file on the tape to a new or empty `directory`, and a listing of them.
 * @throws the file system's error when it cannot be written
 */
export async function extract(volume: Volume, directory: string): Promise<TapeFile[]> {
  fs.mkdirSync(directory, { recursive: true });
  const files: TapeFile[] = [];
  for (let partition = 0; partition < volume.partitionCount; partition++)
    files.push(...(await extractPartition(volume, partition, directory)));
  const listing = { barcode: volume.barcode, files };
  fs.writeFileSync(`${directory}/${LISTING}`, `${JSON.stringify(listing, null, 1)}\n`, {
    flag: 'wx',
  });
  return files;
}
