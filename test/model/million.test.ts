// SPDX-License-Identifier: GPL-2.0-or-later
// A million objects: loading reads the index once, finding a place reads nothing. Reads are counted, time is not.
import fs from 'node:fs';
import t from 'tap';
import { openCartridge } from '../../src/medium/file-volume.js';
import { type StoreCalls, systemCalls } from '../../src/medium/store-calls.js';
import { newCartridge } from '../fixtures/media/cartridges.js';
import { temporaryPlace } from './store/place.js';

const OBJECTS = 1_000_000;
/** Every so many objects a filemark. */
const EVERY = 1000;
const BLOCK = 8;
const RECORD = 512;
const PLACE = temporaryPlace(t);

/** Bytes of the index that are read in one go. */
const LOADED_AT_ONCE = 4 << 20;

/** Writes a partition of a million objects of 8 bytes each, as media-format has it. */
function million(): string {
  const directory = newCartridge(PLACE);
  const indx = fs.openSync(`${directory}/indx.0`, 'w');
  const marks = Buffer.alloc(512 + 4 * (OBJECTS / EVERY));
  marks.writeUInt32LE(OBJECTS / EVERY, 0);
  let offset = 0;
  for (let first = 0; first < OBJECTS; first += EVERY) {
    const records = Buffer.alloc(EVERY * RECORD);
    for (let i = 0; i < EVERY; i++) {
      const at = i * RECORD;
      const isMark = i === EVERY - 1;
      records.writeBigInt64LE(BigInt(offset), at);
      records.writeUInt32LE(isMark ? 3 : 11, at + 8);
      records.writeUInt32LE(first + i, at + 16);
      if (isMark) continue;
      records.writeUInt32LE(BLOCK, at + 20);
      records.writeUInt32LE(BLOCK, at + 24);
      offset += BLOCK;
    }
    marks.writeUInt32LE(first + EVERY - 1, 512 + 4 * (first / EVERY));
    fs.writeSync(indx, records);
  }
  fs.closeSync(indx);
  fs.writeFileSync(`${directory}/meta.0`, marks);
  const data = Buffer.alloc(offset);
  for (let at = 0; at < offset; at += BLOCK) data.writeUInt32LE(at / BLOCK, at);
  fs.writeFileSync(`${directory}/data.0`, data);
  return directory;
}

t.setTimeout(100_000);

t.test('a million objects', async (t) => {
  const directory = million();
  let reads = 0;
  const calls: StoreCalls = {
    ...systemCalls,
    read: (...words) => {
      reads++;
      return systemCalls.read(...words);
    },
  };
  const { readSync } = fs;
  t.teardown(() => {
    fs.readSync = readSync;
  });
  fs.readSync = ((...words: Parameters<typeof readSync>) => {
    reads++;
    return readSync(...words);
  }) as typeof readSync;
  const readsOf = async (act: () => unknown): Promise<number> => {
    reads = 0;
    await act();
    return reads;
  };

  const before = process.memoryUsage().arrayBuffers;
  let volume = openCartridge(directory, { calls });
  t.equal(volume.endOfData(0), OBJECTS);
  const index = Math.ceil((OBJECTS * RECORD) / LOADED_AT_ONCE);
  t.ok(reads <= index + 10, `loading: ${reads} reads, of which ${index} are the index`);
  await volume.close();
  const started = process.hrtime.bigint();
  volume = openCartridge(directory, { calls });
  t.comment(`loading takes ${(process.hrtime.bigint() - started) / 1_000_000n} ms`);
  const kept = process.memoryUsage().arrayBuffers - before;
  t.ok(kept < 64 * OBJECTS, `${Math.round(kept / OBJECTS)} bytes of memory for an object`);

  const far = OBJECTS / EVERY;
  t.equal(await readsOf(() => volume.filemarksForward(0, 0, far - 1)), 0, 'SPACE over filemarks');
  t.equal(volume.filemarksForward(0, 0, far - 1).at, OBJECTS - EVERY - 1);
  t.equal(volume.filemarksForward(0, OBJECTS / 2, 3).at, OBJECTS / 2 + 3 * EVERY - 1);
  t.equal(await readsOf(() => volume.filemarksBackward(0, OBJECTS, far)), 0, 'backwards');
  t.equal(volume.filemarksBackward(0, OBJECTS, far).at, EVERY - 1);
  t.equal(await readsOf(() => volume.kindAt(0, 777_777)), 0, 'LOCATE, SPACE over blocks');
  t.equal(await readsOf(() => volume.used(0, 777_777)), 0, 'bytes before a place');
  for (const position of [999_998, 1, 500_000]) {
    const into = Buffer.alloc(BLOCK);
    const count = await readsOf(() => volume.read(0, position, into));
    t.ok(count <= 2, `the block there: ${count} reads`);
    t.equal(into.readUInt32LE(0), position - Math.floor(position / EVERY));
  }
  const info = await readsOf(() => volume.blockInfo(0, 123_456));
  t.ok(info <= 1, 'how a block is stored');
  await volume.close();
});
