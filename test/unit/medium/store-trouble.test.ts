// SPDX-License-Identifier: GPL-2.0-or-later
// Cartridges on a disk that is full, or that fails to keep what it was given.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { basename } from 'node:path';
import t, { type Test } from 'tap';
import { openCartridge } from '../../../src/medium/file-volume.js';
import { type StoreCalls, systemCalls } from '../../../src/medium/store-calls.js';
import { newCartridge, thrownBy } from '../../fixtures/media/cartridges.js';
import { BLOCK } from '../../fixtures/media/spoiled.js';

/* Syncs take their time on a busy disk. */
t.setTimeout(110_000);

/** A test in a file system of `size`, mounted in a new directory, where that is allowed. */
const testInSmallStore = (
  name: string,
  size: string,
  run: (t: Test, home: string) => Promise<void>,
): void =>
  void t.test(name, async (t) => {
    const home = fs.mkdtempSync(`${os.tmpdir()}/mhvtl-store-`);
    t.teardown(() => fs.rmdirSync(home));
    const mount = ['-t', 'tmpfs', '-o', `size=${size}`, 'none', home];
    try {
      execFileSync('mount', mount, { stdio: 'ignore' });
    } catch {
      t.pass('not tried: mounting a small file system takes root');
      return;
    }
    t.teardown(() => execFileSync('umount', ['-l', home]));
    await run(t, home);
  });

const DRIVE = { vendor: 'MHVTL', serial: 'FULL' };

testInSmallStore(
  'a store without room: everything before the block that found none is there',
  '128k',
  async (t, home) => {
    const directory = newCartridge(home);
    const volume = openCartridge(directory);
    await volume.write(0, 0, BLOCK);
    await volume.flush();
    await volume.write(0, 1, BLOCK);
    /* Not enough for a write before the flush. */
    await volume.write(0, 2, Buffer.alloc(512 << 10));
    await volume.write(0, 3, BLOCK);
    const error = await thrownBy(() => volume.flush());
    t.equal(error.fault, 'no space');
    t.match(error.message, 'data.0');
    t.equal(error.deferred, false, 'the flush met it itself');
    t.same(error.lost, { partition: 0, position: 2 });
    t.equal(volume.endOfData(0), 2);
    await volume.writeFilemarks(0, 2, 5000);
    await volume.settle();
    while (volume.buffered.objects > 0) await new Promise(setImmediate);
    const deferred = await thrownBy(() => volume.write(0, 5002, BLOCK));
    t.equal(deferred.fault, 'no space');
    t.equal(deferred.deferred, true, 'it was acknowledged before');
    const end = volume.endOfData(0);
    t.same(deferred.lost, { partition: 0, position: end });
    await volume.truncate(0, 2);
    await volume.write(0, 2, BLOCK);
    await volume.flush();
    await volume.close();
    const again = openCartridge(directory);
    t.equal(again.endOfData(0), 3);
    for (let position = 0; position < 3; position++) {
      const into = Buffer.alloc(1000);
      await again.read(0, position, into);
      t.same(into, BLOCK);
    }
    await again.close();
  },
);

testInSmallStore(
  'a store that is full to the last byte: a cartridge is loaded, read and unloaded',
  '256k',
  async (t, home) => {
    const directory = newCartridge(home);
    const first = openCartridge(directory);
    await first.mount(DRIVE);
    await first.write(0, 0, BLOCK);
    await first.dismount({ bytesWritten: 1000, bytesRead: 0 });
    const filler = `${home}/filler`;
    const fill = (): void => {
      t.throws(() => fs.writeFileSync(filler, new Uint8Array(1 << 20)), { code: 'ENOSPC' });
    };
    const small = (): Buffer[] =>
      ['mam', 'mhvtl_data'].map((name) => fs.readFileSync(`${directory}/${name}`));
    const before = small();

    fill();
    const volume = openCartridge(directory);
    t.same(await volume.mount(DRIVE), { dirty: false });
    const into = Buffer.alloc(1000);
    t.same(await volume.read(0, 0, into), { kind: 'block', length: 1000 });
    t.same(into, BLOCK);
    await volume.flush();
    for (const write of [
      () => volume.write(0, 1, BLOCK),
      () => volume.writeFilemarks(0, 1, 1),
      () => volume.truncate(0, 0),
      () => volume.format([1000]),
      () => volume.noteModification(),
      () => volume.setWriteProtected(true),
    ]) {
      const error = await thrownBy(async () => write());
      t.equal(error.fault, 'no space', String(write));
    }
    t.equal(volume.endOfData(0), 1);
    await volume.dismount({ bytesWritten: 0, bytesRead: 1000 });
    t.same(small(), before, 'as nobody had loaded it');

    const later = openCartridge(directory);
    await later.mount(DRIVE);
    t.same(small(), before);
    fs.rmSync(filler);
    await later.write(0, 1, BLOCK);
    t.notSame(small(), before, 'what the mount changed comes before the block');
    await later.close();
    const crashed = openCartridge(directory);
    t.equal(crashed.mam.get('loadCount'), 2n);
    t.same(await crashed.mount(DRIVE), { dirty: true });
    await crashed.dismount({ bytesWritten: 0, bytesRead: 0 });

    fill();
    const read = openCartridge(directory);
    await read.mount(DRIVE);
    fs.rmSync(filler);
    await read.flush();
    await read.close();
    t.equal(
      openCartridge(directory, { readOnly: true }).mam.get('loadCount'),
      4n,
      'a flush finds the room that is back',
    );
  },
);

/** Calls whose next sync of a file with that name fails as that of a broken disk does. */
function failingSync(name: string): { calls: StoreCalls; fail: () => void; written: string[] } {
  let failures = 0;
  const written: string[] = [];
  const calls: StoreCalls = {
    ...systemCalls,
    write(file, parts, offset) {
      written.push(basename(file.path));
      return systemCalls.write(file, parts, offset);
    },
    async sync(file) {
      if (basename(file.path) === name && failures-- > 0)
        throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
      await systemCalls.sync(file);
    },
  };
  return { calls, fail: () => (failures = 1), written };
}

for (const name of ['data.0', 'indx.0'])
  t.test(
    `a sync of ${name} that failed: the next one writes again what it would only claim`,
    async (t) => {
      const directory = newCartridge(t.testdir({}));
      const { calls, fail, written } = failingSync(name);
      const volume = openCartridge(directory, { calls });
      await volume.write(0, 0, BLOCK);
      await volume.flush();
      await volume.write(0, 1, BLOCK, { compress: { type: 'lzo', level: 1 } });
      await volume.writeFilemarks(0, 2, 1);
      fail();
      const error = await thrownBy(() => volume.flush());
      t.equal(error.fault, 'unwritable');
      written.length = 0;
      await volume.flush();
      t.same(
        written.filter((file) => file !== 'meta.0'),
        ['data.0', 'indx.0', 'indx.0'],
      );
      written.length = 0;
      await volume.flush();
      t.same(written, [], 'once');
      await volume.dismount({ bytesWritten: 0, bytesRead: 0 });
      const again = openCartridge(directory, { readOnly: true });
      t.equal(again.endOfData(0), 3);
      t.same(await again.read(0, 1, Buffer.alloc(1000)), { kind: 'block', length: 1000 });
      await again.close();
    },
  );

t.test(
  'a sync that failed, and the disk forgot: what is gone is said, and is the end of data',
  async (t) => {
    const directory = newCartridge(t.testdir({}));
    const { calls, fail } = failingSync('data.0');
    const volume = openCartridge(directory, { calls });
    for (const position of [0, 1, 2]) await volume.write(0, position, BLOCK);
    fail();
    await thrownBy(() => volume.flush());
    const file = fs.openSync(`${directory}/data.0`, 'r+');
    fs.writeSync(file, new Uint8Array(1000), 0, 1000, 1000);
    fs.closeSync(file);
    const error = await thrownBy(() => volume.flush());
    t.equal(error.fault, 'unwritable');
    t.match(error.message, /object 1 in .*data\.0 and what came after it are lost/);
    t.same(error.lost, { partition: 0, position: 1 });
    t.equal(volume.endOfData(0), 1);
    await volume.flush();
    await volume.write(0, 1, BLOCK);
    await volume.dismount({ bytesWritten: 0, bytesRead: 0 });
    const again = openCartridge(directory, { readOnly: true });
    t.equal(again.endOfData(0), 2);
    t.same(await again.read(0, 0, Buffer.alloc(1000)), { kind: 'block', length: 1000 });
    await again.close();
  },
);

t.test(
  'a sync that failed while objects were cut off: those before them are in doubt',
  async (t) => {
    const directory = newCartridge(t.testdir({}));
    const { calls, fail, written } = failingSync('indx.0');
    const volume = openCartridge(directory, { calls });
    for (const position of [0, 1, 2]) await volume.write(0, position, BLOCK);
    fail();
    t.equal((await thrownBy(async () => volume.truncate(0, 2))).fault, 'unwritable');
    written.length = 0;
    await volume.flush();
    t.same(
      written.filter((file) => file !== 'meta.0'),
      ['data.0', 'indx.0', 'data.0', 'indx.0'],
    );
    t.equal(volume.endOfData(0), 2);
    await volume.close();
  },
);

t.test('a sync of the map that failed: the map is written again', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const { calls, fail, written } = failingSync('meta.0');
  const volume = openCartridge(directory, { calls });
  await volume.writeFilemarks(0, 0, 2);
  await volume.flush();
  const map = fs.readFileSync(`${directory}/meta.0`);
  await volume.write(0, 2, BLOCK);
  fail();
  t.equal((await thrownBy(() => volume.flush())).fault, 'unwritable');
  fs.writeFileSync(`${directory}/meta.0`, map.fill(0, 512));
  written.length = 0;
  await volume.flush();
  t.ok(written.includes('meta.0'));
  await volume.close();
  const meta = fs.readFileSync(`${directory}/meta.0`);
  t.same(
    [0, 500, 512, 516].map((at) => meta.readUInt32LE(at)),
    [2, 3, 0, 1],
  );
});

t.test('a record of zeros where the first filemark was is none', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const { calls, fail } = failingSync('indx.0');
  const volume = openCartridge(directory, { calls });
  await volume.writeFilemarks(0, 0, 1);
  fail();
  await thrownBy(() => volume.flush());
  fs.writeFileSync(`${directory}/indx.0`, new Uint8Array(512));
  t.same((await thrownBy(() => volume.flush())).lost, { partition: 0, position: 0 });
  await volume.flush();
  await volume.close();
});
