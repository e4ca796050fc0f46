// SPDX-License-Identifier: GPL-2.0-or-later
// Cartridges after crashes and bad copies: what is intact is read, and no write lands on what may be data.
import fs from 'node:fs';
import { basename } from 'node:path';
import t, { type Test } from 'tap';
import { openCartridge } from '../../../src/medium/file-volume.js';
import { type StoreCalls, systemCalls } from '../../../src/medium/store-calls.js';
import type { Volume } from '../../../src/medium/volume.js';
import { fingerprint, mapAsOthersWriteIt, thrownBy } from '../../fixtures/media/cartridges.js';
import { BLOCK, cut, poke, smallCartridge } from '../../fixtures/media/spoiled.js';

/* Syncs take their time on a busy disk. */
t.setTimeout(110_000);

const RECORD = 512;
const NEW = Buffer.from('new');

/** The objects before `end` can be read, and nothing can be put or found at `end`. */
async function endsInDamage(t: Test, volume: Volume, directory: string, end: number) {
  const before = fingerprint(directory);
  t.equal(volume.endOfData(0), end);
  for (let position = 0; position < end; position++)
    t.not((await volume.read(0, position, Buffer.alloc(2000))).kind, 'end of data');
  for (const act of [
    () => volume.kindAt(0, end),
    () => volume.read(0, end, Buffer.alloc(10)),
    () => volume.write(0, end, NEW),
    () => volume.writeFilemarks(0, end, 1),
    () => volume.truncate(0, end),
  ]) {
    const error = await thrownBy(act);
    t.equal(error.fault, 'damaged');
    t.match(error.message, `partition 0 is damaged from object ${end} on`);
  }
  t.same(fingerprint(directory), before, 'no file has changed');
}

/** The cartridge takes a block at `end` and is whole afterwards. */
async function takesBlockAt(t: Test, directory: string, end: number) {
  const volume = openCartridge(directory);
  t.equal(volume.endOfData(0), end);
  await volume.write(0, end, NEW);
  await volume.close();
  const again = openCartridge(directory);
  t.equal(again.endOfData(0), end + 1);
  for (let position = 0; position <= end; position++)
    if (again.kindAt(0, position) === 'block') {
      const into = Buffer.alloc(1000);
      const { length } = (await again.read(0, position, into)) as { length: number };
      t.same(into.subarray(0, length), position === end ? NEW : BLOCK, `object ${position}`);
    }
  await again.close();
  t.equal(fs.statSync(`${directory}/indx.0`).size, RECORD * (end + 1));
  const { size } = fs.statSync(`${directory}/data.0`);
  t.equal(size % 1000, NEW.length, 'the new block is the last in the data file');
  const meta = fs.readFileSync(`${directory}/meta.0`);
  t.equal(meta.length, 512 + 4 * meta.readUInt32LE(0), 'the map is as long as it says');
}

t.test('a part of a record at the end: that object was never finished', async (t) => {
  for (const by of [1, 100, 511]) {
    const directory = await smallCartridge(t);
    cut(`${directory}/indx.0`, by);
    await takesBlockAt(t, directory, 5);
  }
});

t.test('data nobody points at, as a crash leaves it', async (t) => {
  const directory = await smallCartridge(t);
  fs.appendFileSync(`${directory}/data.0`, Buffer.alloc(5000, 0xee));
  await takesBlockAt(t, directory, 6);
});

t.test('an index cut at a record while the map knows of later filemarks', async (t) => {
  const directory = await smallCartridge(t);
  cut(`${directory}/indx.0`, 2 * RECORD);
  const volume = openCartridge(directory);
  await endsInDamage(t, volume, directory, 4);
  await volume.close();
});

t.test('overwriting before the damage ends it', async (t) => {
  const directory = await smallCartridge(t);
  cut(`${directory}/indx.0`, 2 * RECORD);
  const volume = openCartridge(directory);
  await volume.truncate(0, 3);
  await volume.close();
  await takesBlockAt(t, directory, 3);
});

t.test('an index cut in a record, with more data than one block after it', async (t) => {
  const directory = await smallCartridge(t);
  cut(`${directory}/indx.0`, 100);
  fs.truncateSync(`${directory}/data.0`, 40 << 20);
  const volume = openCartridge(directory);
  await endsInDamage(t, volume, directory, 5);
  await volume.close();
});

t.test('an empty index and map beside data', async (t) => {
  const directory = await smallCartridge(t);
  fs.truncateSync(`${directory}/indx.0`);
  fs.truncateSync(`${directory}/meta.0`);
  const volume = openCartridge(directory);
  await endsInDamage(t, volume, directory, 0);
  await volume.close();
});

t.test('data shorter than the index says', async (t) => {
  const directory = await smallCartridge(t);
  cut(`${directory}/data.0`, 1500);
  const volume = openCartridge(directory);
  await endsInDamage(t, volume, directory, 3);
  await volume.close();
});

t.test('data that are gone altogether do not make a blank tape', async (t) => {
  const directory = await smallCartridge(t);
  fs.truncateSync(`${directory}/data.0`);
  const volume = openCartridge(directory);
  await endsInDamage(t, volume, directory, 0);
  await volume.close();
});

t.test('records that contradict the ones before', async (t) => {
  const wrong: [string, number, string][] = [
    ['zeros', 0, '00'.repeat(512)],
    ['the offset', 0, '0000000000000000'],
    ['the type', 8, '05000000'],
    ['the number', 16, '07000000'],
    ['the stored size', 24, 'ffffff7f'],
  ];
  for (const [what, at, hex] of wrong) {
    const directory = await smallCartridge(t);
    poke(`${directory}/indx.0`, 3 * RECORD + at, hex);
    const volume = openCartridge(directory);
    t.comment(what);
    await endsInDamage(t, volume, directory, 3);
    await volume.close();
  }
});

t.test('a map that is wrong in any way is put right by the next write', async (t) => {
  const maps: [string, (path: string) => void][] = [
    ['counts too many', (path) => poke(path, 0, 'ff000000')],
    ['counts too few', (path) => poke(path, 0, '01000000')],
    ['counts none', (path) => poke(path, 0, '00000000')],
    ['has wrong numbers', (path) => poke(path, 516, 'ffff0000')],
    ['is cut', (path) => cut(path, 6)],
    ['is empty', (path) => fs.truncateSync(path)],
    ['has a tail', (path) => fs.appendFileSync(path, Buffer.alloc(100))],
  ];
  for (const [what, spoil] of maps) {
    const directory = await smallCartridge(t);
    spoil(`${directory}/meta.0`);
    const volume = openCartridge(directory);
    t.same(volume.filemarksForward(0, 0, 9), { found: 2, at: 4 }, what);
    await volume.write(0, 6, NEW);
    await volume.close();
    const meta = mapAsOthersWriteIt(`${directory}/meta.0`);
    t.same(
      [...new Uint32Array(meta.buffer, meta.byteOffset, 130)].filter(Boolean),
      [2, 1, 4],
      what,
    );
    t.equal(meta.length, 520, what);
  }
});

t.test('a block that does not match its checksum, with any room', async (t) => {
  const directory = await smallCartridge(t);
  poke(`${directory}/data.0`, 1500, '5b');
  const volume = openCartridge(directory);
  t.same(await volume.read(0, 0, Buffer.alloc(1000)), { kind: 'block', length: 1000 });
  for (const room of [0, 10, 1000, 2000]) {
    const error = await thrownBy(() => volume.read(0, 2, Buffer.alloc(room)));
    t.equal(error.fault, 'damaged');
    t.match(error.message, 'object 2 in');
    t.match(error.message, 'checksum');
  }
  await volume.close();
});

t.test('blocks without a checksum, as written before 2019, are read', async (t) => {
  const directory = await smallCartridge(t);
  poke(`${directory}/indx.0`, 12, '00000000');
  poke(`${directory}/indx.0`, 28, '00000000');
  const volume = openCartridge(directory);
  t.same(await volume.read(0, 0, Buffer.alloc(1000)), { kind: 'block', length: 1000 });
  await volume.close();
});

t.test('sealed blocks and unknown kinds of storage are refused one by one', async (t) => {
  const directory = await smallCartridge(t);
  poke(`${directory}/indx.0`, 12, '18000000');
  poke(`${directory}/indx.0`, 2 * RECORD + 12, '08010000');
  const volume = openCartridge(directory);
  t.equal((await thrownBy(() => volume.read(0, 0, Buffer.alloc(1000)))).fault, 'sealed');
  t.match((await thrownBy(() => volume.read(0, 2, Buffer.alloc(1000)))).message, 'flags 100h');
  t.same(await volume.read(0, 3, Buffer.alloc(1000)), { kind: 'block', length: 1000 });
  await volume.close();
});

t.test(
  'a block another program marked as encrypted is there in clear, its key beside it',
  async (t) => {
    const directory = await smallCartridge(t);
    poke(`${directory}/indx.0`, 12, '0a000000');
    poke(`${directory}/indx.0`, 32, `03000000${'00'.repeat(12)}6b6579`);
    const volume = openCartridge(directory);
    const into = Buffer.alloc(1000);
    t.same(await volume.read(0, 0, into), { kind: 'block', length: 1000 });
    t.same(into, BLOCK);
    const info = await volume.blockInfo(0, 0);
    t.equal(info.encryption, 'marked');
    t.same(Buffer.from(info.key), Buffer.from('key'));
    await volume.close();
  },
);

t.test(
  'what a program wrote that died is synced by the next one that says it is safe',
  async (t) => {
    const directory = await smallCartridge(t);
    const drive = { vendor: 'IBM', serial: 'XYZZY_A1' };
    const dies = openCartridge(directory);
    await dies.mount(drive);
    await dies.write(0, 6, BLOCK);
    await dies.close();
    const synced: string[] = [];
    const sync: StoreCalls['sync'] = (file) => {
      synced.push(basename(file.path));
      return systemCalls.sync(file);
    };
    const volume = openCartridge(directory, { calls: { ...systemCalls, sync } });
    t.same(await volume.mount(drive), { dirty: true });
    t.equal(volume.endOfData(0), 7);
    await volume.dismount({ bytesWritten: 0, bytesRead: 0 });
    t.same(synced, ['data.0', 'indx.0', 'meta.0']);
  },
);
