// SPDX-License-Identifier: GPL-2.0-or-later
// Every byte of a small cartridge changed, and every file cut at every length: what a load and a reader of all of it
// throw is a MediumError, they take little time and memory, and they change no file.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import t, { type Test } from 'tap';
import { openCartridge } from '../../src/medium/file-volume.js';
import { indexRecord } from '../../src/medium/index-record.js';
import { MediumError, type Volume } from '../../src/medium/volume.js';
import { newCartridge, thrownBy } from '../fixtures/media/cartridges.js';
import { random } from '../model/random.js';
import { SEED, TIMES } from './effort.js';
import { mutatedBytes } from './mutate.js';

const HOME = t.testdir({});
/** Milliseconds one cartridge may take; a machine that tests is busy. */
const HANG = 20_000;
/** Bytes a broken cartridge may take, however large it says its blocks are. */
const MEMORY = 400e6;
/** Of the bytes of a file every so many are changed; which, the seed says. A long run changes all. */
const EVERY = Math.max(1, Math.round(8 / TIMES));

/** Blocks of each kind of compression, and filemarks. */
async function makeCartridge(barcode: string): Promise<string> {
  const directory = newCartridge(HOME, barcode);
  const volume = openCartridge(directory);
  const kinds = [undefined, 'zlib', 'lzo', 'lz4', 'zstd'] as const;
  let number = 0;
  for (const kind of kinds) {
    const compress = kind ? { compress: { type: kind, level: 1 } } : {};
    await volume.write(0, number, Buffer.alloc(100 + number * 7, `block ${number}`), compress);
    number++;
    await volume.writeFilemarks(0, number++, 1);
  }
  await volume.close();
  return directory;
}

type Bytes = Map<string, Buffer>;
const contents = (directory: string): Bytes =>
  new Map(fs.readdirSync(directory).map((name) => [name, fs.readFileSync(`${directory}/${name}`)]));

/** A MediumError is an answer. Anything else is thrown on. */
async function unlessMediumError(act: () => unknown): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof MediumError)) throw error;
  }
}

async function readAll(volume: Volume): Promise<void> {
  const into = Buffer.alloc(4096);
  for (let partition = 0; partition < volume.partitionCount; partition++) {
    const end = volume.endOfData(partition);
    for (let number = 0; number <= Math.min(end, 50); number++) {
      await unlessMediumError(() => volume.read(partition, number, into));
      if (number < end && volume.kindAt(partition, number) === 'block')
        await unlessMediumError(() => volume.blockInfo(partition, number));
    }
  }
}

/** What is wrong with how the cartridge is taken; undefined when nothing is. */
async function fault(directory: string): Promise<string | undefined> {
  const before = contents(directory);
  const start = performance.now();
  try {
    await unlessMediumError(async () => {
      const volume = openCartridge(directory);
      await readAll(volume);
      await volume.close();
    });
  } catch (error) {
    return `${(error as Error).stack}`;
  }
  const took = performance.now() - start;
  if (took > HANG) return `it took ${took} ms`;
  const after = contents(directory);
  for (const [name, bytes] of after)
    if (!before.get(name)?.equals(bytes)) return `${name} has changed`;
  return after.size === before.size ? undefined : 'a file is gone';
}

/** Tries one file with other bytes; tells the test what is wrong. */
async function withBytes(t: Test, path: string, bytes: Uint8Array, what: string): Promise<void> {
  fs.writeFileSync(path, bytes);
  const wrong = await fault(path.slice(0, path.lastIndexOf('/')));
  if (wrong) t.fail(`${path}, ${what}: ${wrong}`);
}

/** A name in place of a file, made by a command or a call. */
const ODD_FILES: Readonly<Record<string, (path: string) => void>> = {
  'a named pipe': (path) => execFileSync('mkfifo', [path]),
  'a directory': (path) => fs.mkdirSync(path),
  'a link to a device': (path) => fs.symlinkSync('/dev/zero', path),
  'a link to itself': (path) => fs.symlinkSync(path, path),
  'a link to nothing': (path) => fs.symlinkSync('/nonexistent/file', path),
  'a terabyte of nothing': (path) => {
    fs.writeFileSync(path, '');
    fs.truncateSync(path, 2 ** 40);
  },
};

t.setTimeout(0);
t.test('what is no file, or an endless one', async (t) => {
  const directory = await makeCartridge('E01002L8');
  for (const name of fs.readdirSync(directory)) {
    const path = `${directory}/${name}`;
    const aside = `${HOME}/aside`;
    fs.renameSync(path, aside);
    for (const [what, make] of Object.entries(ODD_FILES)) {
      make(path);
      const start = performance.now();
      await unlessMediumError(async () => {
        const volume = openCartridge(directory);
        await readAll(volume);
        await volume.close();
      });
      const took = performance.now() - start;
      t.ok(took < HANG, `${name} is ${what}: ${Math.round(took)} ms`);
      fs.rmSync(path, { recursive: true });
    }
    fs.renameSync(aside, path);
  }
  t.equal(await fault(directory), undefined, 'and the good one again');
});

t.test(
  'root writes through no link to a file elsewhere',
  {
    skip: process.getuid?.() === 0 ? false : 'only root could',
  },
  async (t) => {
    const directory = await makeCartridge('E01004L8');
    const elsewhere = `${HOME}/elsewhere`;
    for (const link of [fs.symlinkSync, fs.linkSync]) {
      fs.copyFileSync(`${directory}/data.0`, elsewhere);
      fs.rmSync(`${directory}/data.0`);
      link(elsewhere, `${directory}/data.0`);
      const error = await thrownBy(() => openCartridge(directory));
      t.equal(error.fault, 'unwritable');
      await openCartridge(directory, { readOnly: true }).close();
      fs.rmSync(`${directory}/data.0`);
      fs.renameSync(elsewhere, `${directory}/data.0`);
    }
  },
);

t.test('records that tell of blocks nobody can have written', async (t) => {
  const directory = await makeCartridge('E01003L8');
  const path = `${directory}/indx.0`;
  const good = fs.readFileSync(path);
  for (const field of ['size', 'storedSize'] as const) {
    const bytes = Buffer.from(good);
    indexRecord.patch(bytes, { [field]: 0xffffffff });
    fs.writeFileSync(path, bytes);
    /* So that there are as many bytes as the record says. */
    fs.truncateSync(`${directory}/data.0`, 2 ** 33);
    const volume = openCartridge(directory);
    const error = await thrownBy(() => volume.read(0, 0, Buffer.alloc(4096)));
    t.equal(error.fault, 'damaged');
    t.match(error.message, /none is that long/);
    await volume.close();
  }
});

t.test(`a cartridge with faults, SEED=${SEED}`, async (t) => {
  const directory = await makeCartridge('E01001L8');
  t.equal(await fault(directory), undefined, 'a good one is read');
  const upTo = random(SEED);
  for (const [name, good] of contents(directory)) {
    const path = `${directory}/${name}`;
    const first = SEED % EVERY;
    for (let at = first; at < good.length && t.passing(); at += EVERY) {
      const bytes = Buffer.from(good);
      bytes[at]! ^= 1 + upTo(255);
      await withBytes(t, path, bytes, `byte ${at} is ${bytes[at]}`);
      await withBytes(t, path, good.subarray(0, at), `cut at ${at}`);
    }
    for (let step = 0; step < 40 * TIMES && t.passing(); step++) {
      const bytes = mutatedBytes(good, upTo);
      await withBytes(t, path, bytes, `${bytes.toString('hex').slice(0, 2000)}`);
    }
    fs.writeFileSync(path, good);
  }
  t.equal(await fault(directory), undefined, 'and the good one again');
  const { rss } = process.memoryUsage();
  t.ok(rss < MEMORY, `${rss} bytes of memory in the end`);
});
