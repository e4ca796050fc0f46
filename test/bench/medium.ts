// SPDX-License-Identifier: GPL-2.0-or-later
// Writes and reads a cartridge through the medium layer alone.
//
//   medium write|read DIRECTORY COMPRESSION FILE BLOCK BYTES
//
// makes the cartridge BENCH0L8 in DIRECTORY and writes BYTES to it in blocks taken from FILE, again and again, or reads
// them back and compares; prints megabytes per second, and the most memory the process ever had, in megabytes.
import fs from 'node:fs';
import { addon } from '../../src/addon/addon.js';
import { typeByMktapeName } from '../../src/medium/cartridge-types.js';
import { createCartridge } from '../../src/medium/create.js';
import { openCartridge } from '../../src/medium/file-volume.js';
import { type Compression, compressionTypes, type Volume } from '../../src/medium/volume.js';

const BARCODE = 'BENCH0L8';
const DRIVE = { vendor: 'MHVTL', serial: 'BENCH' };

interface Load {
  readonly volume: Volume;
  readonly blocks: readonly Uint8Array[];
  readonly count: number;
  /** Where blocks are read, page-aligned, as the buffers of a drive are. */
  readonly room: Uint8Array;
}

function compressionNamed(name: string): Compression | undefined {
  if (name === 'none') return undefined;
  const type = compressionTypes.find((one) => one === name);
  if (!type) throw new Error(`there is no compression ${name}`);
  return { type, level: 1 };
}

async function write({ volume, blocks, count }: Load, compress?: Compression): Promise<void> {
  for (let number = 0; number < count; number++) {
    const accepted = volume.write(0, number, blocks[number % blocks.length]!, { compress });
    if (accepted instanceof Promise) await accepted;
  }
  await volume.flush();
}

async function read({ volume, blocks, count, room }: Load): Promise<void> {
  for (let number = 0; number < count; number++) {
    const outcome = await volume.read(0, number, room);
    const expected = blocks[number % blocks.length]!;
    /* Comparing all of them would be measured, too. */
    const same = number % 64 !== 0 || Buffer.compare(room, expected) === 0;
    if (outcome.kind !== 'block' || outcome.length !== room.length || !same)
      throw new Error(`block ${number} is not what was written`);
  }
}

/** The most memory this process ever had, in megabytes. */
const mostMemory = (): number =>
  Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))![1]) / 1024;

async function main([what, home, name, file, block, bytes]: string[]): Promise<void> {
  const data = fs.readFileSync(file!);
  const size = Number(block);
  const blocks = Array.from({ length: data.length / size }, (_, at) =>
    data.subarray(at * size, (at + 1) * size),
  );
  const directory = `${home}/${BARCODE}`;
  if (what === 'write') {
    fs.rmSync(directory, { recursive: true, force: true });
    createCartridge(home!, {
      barcode: BARCODE,
      type: typeByMktapeName('LTO8')!,
      use: 'data',
      capacity: 0,
      createdAt: 0,
    });
  }
  const volume = openCartridge(directory);
  await volume.mount(DRIVE);
  const room = new Uint8Array(addon().mapPages(size, false));
  const load = { volume, blocks, count: Number(bytes) / size, room };
  const start = performance.now();
  await (what === 'write' ? write(load, compressionNamed(name!)) : read(load));
  const seconds = (performance.now() - start) / 1000;
  await volume.dismount({ bytesWritten: 0, bytesRead: 0 });
  console.log(`${(Number(bytes) / 1e6 / seconds).toFixed(1)} ${mostMemory().toFixed(1)}`);
}

void main(process.argv.slice(2));
