// SPDX-License-Identifier: GPL-2.0-or-later
// Cartridges on disk: what the reference wrote is read, and what is written is what the reference would write.
import fs from 'node:fs';
import t from 'tap';
import { openCartridge } from '../../../src/medium/file-volume.js';
import { type StoreCalls, systemCalls } from '../../../src/medium/store-calls.js';
import type { Volume } from '../../../src/medium/volume.js';
import {
  copySample,
  fingerprint,
  mapAsOthersWriteIt,
  newCartridge,
  objectsOf,
  sampleFile,
  sha256,
  thrownBy,
} from '../../fixtures/media/cartridges.js';

const DRIVE = { vendor: 'IBM', serial: 'XYZZY_A1' };
const LONGEST = 1 << 20;

/** Reads the block at `position` with room for any. */
async function blockAt(volume: Volume, position: number, partition = 0): Promise<Buffer> {
  const into = Buffer.alloc(LONGEST);
  const outcome = await volume.read(partition, position, into);
  if (outcome.kind !== 'block') throw new Error(`${outcome.kind} at ${position}`);
  return into.subarray(0, outcome.length);
}

t.test('a plain cartridge of the reference, object by object', async (t) => {
  const volume = openCartridge(copySample(t.testdir({}), 'S00003L8'));
  const objects = objectsOf('S00003L8');
  t.equal(volume.barcode, 'S00003L8');
  t.equal(volume.type.mktapeName, 'LTO8');
  t.equal(volume.use, 'data');
  t.equal(volume.partitionCount, 1);
  t.equal(volume.capacity(0), 500 << 20);
  t.equal(volume.endOfData(0), objects.length);
  for (const [position, [kind, length, digest]] of objects.entries()) {
    t.equal(volume.kindAt(0, position), kind);
    if (kind === 'filemark') {
      t.same(await volume.read(0, position, new Uint8Array(10)), { kind });
      continue;
    }
    t.equal(sha256(await blockAt(volume, position)), digest, `object ${position}`);
    const room = new Uint8Array(10).fill(0xee);
    t.same(await volume.read(0, position, room.subarray(0, 9)), { kind, length });
    const start = (await blockAt(volume, position)).subarray(0, 9);
    t.same(room, Buffer.concat([start, Buffer.alloc(10 - start.length, 0xee)]), 'a short room');
  }
  t.equal(volume.kindAt(0, objects.length), 'end of data');
  t.same(await volume.read(0, objects.length, new Uint8Array(1)), { kind: 'end of data' });
  await volume.close();
});

t.test('the same objects written anew give the same files', async (t) => {
  const home = t.testdir({});
  const source = openCartridge(copySample(home, 'S00003L8'));
  const directory = newCartridge(home);
  const volume = openCartridge(directory);
  let blocks = 0;
  for (const [position, [kind]] of objectsOf('S00003L8').entries())
    if (kind === 'filemark') await volume.writeFilemarks(0, position, 1);
    else {
      const block = await blockAt(source, position);
      await volume.write(0, position, block);
      blocks += block.length;
    }
  t.equal(volume.used(0, volume.endOfData(0)), blocks);
  t.equal(volume.used(0, 2), 65536);
  await volume.close();
  for (const name of ['data.0', 'indx.0'])
    t.same(fs.readFileSync(`${directory}/${name}`), sampleFile('S00003L8', name), name);
  t.same(mapAsOthersWriteIt(`${directory}/meta.0`), sampleFile('S00003L8', 'meta.0'));
});

t.test('a record as the fact sheet shows it', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const volume = openCartridge(directory);
  await volume.write(0, 0, Buffer.from('123456789'));
  await volume.close();
  const record = Buffer.alloc(512);
  record.write('0b000000080000000000000009000000', 8, 'hex');
  record.write('09000000839206e3', 24, 'hex');
  t.same(fs.readFileSync(`${directory}/indx.0`), record);
});

t.test('compressed cartridges of the reference, object by object', async (t) => {
  for (const [sample, partitions] of [
    ['S00001L8', 1],
    ['S00002L8', 1],
    ['S00004L8', 2],
    ['S00005L6', 1],
  ] as const) {
    const volume = openCartridge(copySample(t.testdir({}), sample));
    t.equal(volume.partitionCount, partitions, sample);
    for (let partition = 0; partition < partitions; partition++) {
      const objects = objectsOf(sample, partition);
      t.equal(volume.endOfData(partition), objects.length);
      for (const [position, [kind, , digest]] of objects.entries())
        if (kind === 'filemark') t.equal(volume.kindAt(partition, position), kind);
        else t.equal(sha256(await blockAt(volume, position, partition)), digest, `${position}`);
    }
    await volume.close();
  }
});

t.test('finding filemarks', async (t) => {
  const volume = openCartridge(copySample(t.testdir({}), 'S00003L8'));
  t.same(volume.filemarksForward(0, 0, 1), { found: 1, at: 0 });
  t.same(volume.filemarksForward(0, 1, 2), { found: 2, at: 13 });
  t.same(volume.filemarksForward(0, 11, 5), { found: 1, at: 13 });
  t.same(volume.filemarksForward(0, 14, 1), { found: 0, at: undefined });
  t.same(volume.filemarksForward(0, 0, 0), { found: 0, at: undefined });
  t.same(volume.filemarksBackward(0, 20, 1), { found: 1, at: 13 });
  t.same(volume.filemarksBackward(0, 13, 2), { found: 2, at: 0 });
  t.same(volume.filemarksBackward(0, 10, 9), { found: 1, at: 0 });
  t.same(volume.filemarksBackward(0, 0, 1), { found: 0, at: undefined });
  await volume.close();
});

t.test('a mount and a dismount in the memory', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const first = openCartridge(directory);
  t.same(await first.mount(DRIVE), { dirty: false });
  await first.noteModification();
  await first.noteModification();
  await first.write(0, 0, Buffer.alloc(1000));
  await first.dismount({ bytesWritten: 1000, bytesRead: 5 });
  const second = openCartridge(directory);
  t.equal(second.mam.get('loadCount'), 1n);
  t.equal(second.mam.get('volumeChangeReference'), 1, 'once a mount');
  t.equal(second.mam.get('remainingCapacity'), BigInt((500 << 20) - 1000));
  t.equal(second.mam.get('writtenInLife'), 1000n);
  t.equal(second.mam.get('readLastLoad'), 5n);
  await second.mount({ vendor: 'HP', serial: 'other' });
  await second.close();
  const third = openCartridge(directory);
  t.same(await third.mount(DRIVE), { dirty: true }, 'the last dismount did not happen');
  const devices = [0x020a, 0x020b, 0x020c, 0x020d].map((id) =>
    Buffer.from(third.mam.read(id)!).toString(),
  );
  t.same(devices, [
    'IBM     XYZZY_A1'.padEnd(40),
    'HP      other'.padEnd(40),
    'IBM     XYZZY_A1'.padEnd(40),
    '\0'.repeat(40),
  ]);
  await third.dismount({ bytesWritten: 1, bytesRead: 1 });
  const fourth = openCartridge(directory);
  t.equal(fourth.mam.get('writtenInLife'), 1001n);
  t.equal(fourth.mam.get('writtenLastLoad'), 1n);
  t.same(await fourth.mount(DRIVE), { dirty: false });
  await fourth.dismount({ bytesWritten: 0, bytesRead: 0 });
  t.same(fs.readdirSync(directory).sort(), ['data.0', 'indx.0', 'mam', 'meta.0', 'mhvtl_data']);
});

t.test(
  'opening and reading change nothing; a refused cartridge has not been mounted',
  async (t) => {
    const directory = copySample(t.testdir({}), 'S00003L8');
    const before = sha256(fs.readFileSync(`${directory}/mam`));
    const volume = openCartridge(directory);
    await blockAt(volume, 1);
    await volume.flush();
    await volume.close();
    t.equal(sha256(fs.readFileSync(`${directory}/mam`)), before);
  },
);

t.test('an attribute written by a host is stored by flush, owner and mode as before', async (t) => {
  const directory = newCartridge(t.testdir({}));
  fs.chmodSync(`${directory}/mam`, 0o604);
  const volume = openCartridge(directory);
  volume.mam.write(0x0803, Buffer.from('my label'));
  volume.mam.write(0x0408, Uint8Array.of(0x80));
  await volume.flush();
  await volume.close();
  const again = openCartridge(directory);
  t.equal(again.mam.get('userLabel'), 'my label');
  t.equal(again.use, 'WORM');
  await again.close();
  t.equal(fs.statSync(`${directory}/mam`).mode & 0o777, 0o604);
});

t.test('write protection and partition sizes come from the private data', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const path = `${directory}/mhvtl_data`;
  const bytes = fs.readFileSync(path);
  bytes.write('0200', bytes.indexOf(Buffer.from('02000200', 'hex')) + 4, 'hex');
  bytes.write('0000000000001000', bytes.indexOf(Buffer.from('0e000800', 'hex')) + 4, 'hex');
  fs.writeFileSync(path, bytes);
  for (const name of ['data.1', 'indx.1']) fs.writeFileSync(`${directory}/${name}`, '');
  fs.writeFileSync(`${directory}/meta.1`, Buffer.alloc(512));
  const volume = openCartridge(directory);
  t.equal(volume.writeProtected, true);
  t.equal(volume.partitionCount, 2);
  t.equal(volume.capacity(0), 250 << 20, 'an equal share');
  t.equal(volume.capacity(1), 4096, 'as recorded');
  await volume.write(1, 0, Buffer.from('x'));
  t.equal(volume.endOfData(0), 0);
  await volume.close();
  t.equal(fs.readFileSync(`${directory}/indx.1`).readUInt32LE(144), 1, 'partition in the record');
});

t.test('a NULL cartridge forgets its blocks and says so', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const mam = fs.readFileSync(`${directory}/mam`);
  mam[mam.indexOf(Buffer.from('08040100', 'hex')) + 4] = 2;
  fs.writeFileSync(`${directory}/mam`, mam);
  const volume = openCartridge(directory);
  await volume.write(0, 0, Buffer.alloc(1000));
  await volume.write(0, 1, Buffer.alloc(10));
  t.equal(volume.used(0, 2), 1010);
  await volume.close();
  t.equal(fs.statSync(`${directory}/data.0`).size, 0);
  const again = openCartridge(directory);
  t.equal(again.use, 'NULL');
  t.equal(again.endOfData(0), 2);
  t.equal((await thrownBy(() => again.read(0, 0, Buffer.alloc(1000)))).fault, 'unreadable');
  await again.close();
});

t.test('many filemarks at once', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const volume = openCartridge(directory);
  await volume.writeFilemarks(0, 0, 20000);
  await volume.write(0, 20000, Buffer.from('x'));
  await volume.writeFilemarks(0, 7, 1);
  t.equal(volume.endOfData(0), 8);
  await volume.writeFilemarks(0, 8, 0);
  t.equal(volume.endOfData(0), 8, 'count 0 changes nothing');
  await volume.close();
  const meta = fs.readFileSync(`${directory}/meta.0`);
  t.equal(meta.length, 512 + 4 * 8);
  t.equal(meta.readUInt32LE(0), 8);
  t.equal(meta.readUInt32LE(512 + 4 * 7), 7);
  t.equal(fs.statSync(`${directory}/indx.0`).size, 8 * 512);
});

t.test('a switch that is flipped while the memory is saved', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const volume = openCartridge(directory);
  await volume.mount(DRIVE);
  await Promise.all([
    volume.setWriteProtected(true),
    volume.setWriteProtected(false),
    volume.setWriteProtected(true),
    volume.dismount({ bytesWritten: 0, bytesRead: 0 }),
  ]);
  const again = openCartridge(directory);
  t.equal(again.writeProtected, true);
  t.same(await again.mount(DRIVE), { dirty: false });
  await again.dismount({ bytesWritten: 0, bytesRead: 0 });
});

t.test('a switch that is flipped while the partitions are made anew', async (t) => {
  const directory = newCartridge(t.testdir({}));
  let goOn = (): void => {};
  const slow = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const replace: StoreCalls['replace'] = async (...file) => {
    await slow;
    await systemCalls.replace(...file);
  };
  const volume = openCartridge(directory, { calls: { ...systemCalls, replace } });
  const flipped = volume.setWriteProtected(true);
  const formatted = volume.format([1 << 20, 2 << 20]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  goOn();
  await Promise.all([flipped, formatted]);
  const seen = openCartridge(directory, { readOnly: true });
  t.equal(seen.writeProtected, true);
  t.equal(seen.capacity(1), 2 << 20);
  await seen.close();
  await volume.close();
});

t.test('a switch that is flipped too late does not touch what others may have', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const volume = openCartridge(directory);
  await volume.close();
  const before = fingerprint(directory);
  const error = await thrownBy(async () => volume.setWriteProtected(true));
  t.equal(error.fault, 'unwritable');
  t.match(error.message, 'given back');
  t.same(fingerprint(directory), before);
});
