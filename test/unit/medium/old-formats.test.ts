// SPDX-License-Identifier: GPL-2.0-or-later
// Cartridges in older formats: read as they are, upgraded by the first write, whole whenever that is interrupted.
import fs from 'node:fs';
import t, { type Test } from 'tap';
import { readAttribute } from '../../../src/medium/attribute-access.js';
import { findCartridge, readCartridgeMemory } from '../../../src/medium/cartridge-files.js';
import { openCartridge } from '../../../src/medium/file-volume.js';
import type { Volume } from '../../../src/medium/volume.js';
import { fingerprint, sampleFile, thrownBy } from '../../fixtures/media/cartridges.js';
import {
  BLOCKS,
  format3,
  format4,
  format5,
  OBJECTS,
  packedMam,
} from '../../fixtures/media/old-formats.js';

/* Syncs take their time on a busy disk. */
t.setTimeout(110_000);

const NEW = Buffer.from('a new block');
const DRIVE = { vendor: 'IBM', serial: 'XYZZY_A2' };

/** Every object of the old cartridge is there. */
async function hasOldObjects(t: Test, volume: Volume, what: string): Promise<void> {
  t.equal(volume.endOfData(0), OBJECTS.length, what);
  for (const [position, object] of OBJECTS.entries()) {
    const into = Buffer.alloc(80000);
    const outcome = await volume.read(0, position, into);
    if (object === 'filemark') t.same(outcome, { kind: 'filemark' }, `${what}: ${position}`);
    else
      t.ok(into.subarray(0, BLOCKS[object].length).equals(BLOCKS[object]), `${what}: ${position}`);
  }
  t.same(volume.filemarksForward(0, 0, 9), { found: 2, at: 4 });
}

const five = (home: string): string =>
  format5(home, sampleFile('S00003L8', 'mam'), sampleFile('S00003L8', 'mhvtl_data'));
const makers = { 3: format3, 4: format4, 5: five } as const;

for (const [format, make] of Object.entries(makers))
  t.test(`format ${format} is read as it is`, async (t) => {
    const directory = make(t.testdir({}));
    const before = fingerprint(directory);
    const volume = openCartridge(directory);
    t.same(await volume.mount(DRIVE), { dirty: false });
    await hasOldObjects(t, volume, 'old');
    await volume.flush();
    await volume.dismount({ bytesWritten: 0, bytesRead: 70000 });
    t.same(fingerprint(directory), before, 'mount, reads and dismount have changed nothing');
  });

t.test('the memory of format 3', async (t) => {
  const directory = format3(t.testdir({}));
  const { type, use, mam, writeProtected, privateData } = readCartridgeMemory(directory);
  t.equal(type.mktapeName, 'LTO6');
  t.equal(use, 'data');
  t.equal(writeProtected, false);
  t.equal(mam.get('remainingCapacity'), 400n << 20n);
  t.equal(mam.get('maximumCapacity'), 500n << 20n);
  t.equal(mam.get('loadCount'), 7n);
  t.equal(mam.get('writtenInLife'), 9n << 20n);
  t.equal(mam.get('serialNumber'), 'F01030L6_1300000000');
  t.equal(mam.get('length'), 2176);
  t.equal(mam.get('mamCapacity'), 8192n);
  t.equal(mam.get('applicationName'), 'a backup program');
  t.equal(mam.get('userLabel'), 'an old label');
  t.equal(mam.get('barcode'), 'F01030L6');
  t.equal(mam.get('mediaPool'), 'a pool');
  t.equal(privateData.get('bitsPerMillimetre'), 18441);
  const volume = openCartridge(directory);
  t.same(Buffer.from(readAttribute(volume, 0x0406, 0)!).toString(), '20110313');
  await volume.close();
});

t.test('every version of the memory, and what kind of cartridge it is', async (t) => {
  const kinds: [Parameters<typeof format3>[1], string, string][] = [
    [{ mamVersion: 1, mediaType: 5, densityCode: 0x44 }, 'LTO3', 'data'],
    [{ mamVersion: 2 }, 'LTO6', 'data'],
    [
      { mediaType: 8, densityName: 'U-416 ', description: 'Ultrium 4/16T', mediumType: 1 },
      'LTO4',
      'WORM',
    ],
    /* Numbers of releases 1.4, 1.5 and 1.7. */
    [
      { mediaType: 17, densityName: '3592J1A', description: '3592 J1A media', densityCode: 0x51 },
      'J1A',
      'data',
    ],
    [
      { mediaType: 20, densityName: '3592J1A', description: '3592 J1A media', densityCode: 0x51 },
      'J1A',
      'data',
    ],
    [
      { mediaType: 38, densityName: 'T10000A', description: 'STK T10KA media', densityCode: 0x4a },
      'T10KA',
      'data',
    ],
    [
      { mediaType: 20, densityName: 'U-832 ', description: 'Ultrium 8/32T', densityCode: 0x5e },
      'LTO8',
      'data',
    ],
    [{ mediaType: 15, mediumType: 6 }, 'LTO6', 'cleaning'],
  ];
  for (const [marks, name, use] of kinds)
    for (const make of [format3, format4]) {
      const directory = make(t.testdir({}), marks);
      const memory = readCartridgeMemory(directory);
      t.equal(memory.type.mktapeName, name);
      t.equal(memory.use, use);
      const volume = openCartridge(directory);
      await hasOldObjects(t, volume, name);
      await volume.close();
    }
});

for (const [format, make] of Object.entries(makers))
  t.test(
    `the first write upgrades format ${format}, after a copy of what it replaces`,
    async (t) => {
      const directory = make(t.testdir({}));
      const small = ['meta', 'mam', 'mhvtl_data'].filter((name) =>
        fs.existsSync(`${directory}/${name}`),
      );
      const originals = small.map((name) => fs.readFileSync(`${directory}/${name}`));
      const inode = fs.statSync(`${directory}/data`).ino;
      const volume = openCartridge(directory);
      await volume.mount(DRIVE);
      const loads = volume.mam.get('loadCount');
      await volume.write(0, OBJECTS.length, NEW);
      await volume.dismount({ bytesWritten: NEW.length, bytesRead: 0 });
      t.same(fs.readdirSync(directory).sort(), [
        'data.0',
        `format-${format}.saved`,
        'indx.0',
        'mam',
        'meta.0',
        'mhvtl_data',
      ]);
      for (const [i, name] of small.entries())
        t.ok(
          fs.readFileSync(`${directory}/format-${format}.saved/${name}`).equals(originals[i]!),
          name,
        );
      t.equal(fs.statSync(`${directory}/data.0`).ino, inode, 'the data were renamed, not copied');
      t.equal(findCartridge(directory).current, true);
      const header = fs.readFileSync(`${directory}/mam`);
      t.equal(header.readUInt32LE(0), 6);
      t.equal(header.readUInt32LE(4), 4);
      const again = openCartridge(directory);
      t.equal(again.endOfData(0), OBJECTS.length + 1);
      t.equal(again.mam.get('loadCount'), loads, 'the load that wrote is counted');
      t.equal(again.mam.get('serialNumber').length > 0, true);
      await again.truncate(0, OBJECTS.length);
      await hasOldObjects(t, again, 'upgraded');
      await again.close();
      const meta = fs.readFileSync(`${directory}/meta.0`);
      t.same([meta.readUInt32LE(0), meta.readUInt32LE(512), meta.readUInt32LE(516)], [2, 2, 4]);
    },
  );

t.test('a host attribute is a write, too; a filemark count of 0 is none', async (t) => {
  const directory = format3(t.testdir({}));
  const volume = openCartridge(directory);
  await volume.mount(DRIVE);
  await volume.writeFilemarks(0, 5, 0);
  await volume.flush();
  t.ok(fs.existsSync(`${directory}/data`));
  volume.mam.write(0x0803, Buffer.from('a new label'));
  await volume.flush();
  await volume.close();
  t.ok(fs.existsSync(`${directory}/data.0`));
  t.equal(readCartridgeMemory(directory).mam.get('userLabel'), 'a new label');
});

type Operation = 'renameSync' | 'writeFileSync' | 'rmSync' | 'mkdirSync' | 'fsyncSync';
const OPERATIONS: readonly Operation[] = [
  'renameSync',
  'writeFileSync',
  'rmSync',
  'mkdirSync',
  'fsyncSync',
];

/** Runs `act` while the n-th change of the file system and all after it fail. Returns whether it came to that. */
async function interrupted(n: number, act: () => unknown): Promise<boolean> {
  const originals = OPERATIONS.map((name) => fs[name]);
  let done = 0;
  for (const name of OPERATIONS) {
    const original = fs[name] as (...args: unknown[]) => unknown;
    Object.assign(fs, {
      [name]: (...args: unknown[]) => {
        if (done++ >= n) throw Object.assign(new Error('interrupted'), { code: 'EIO' });
        return original(...args);
      },
    });
  }
  try {
    await act();
    return false;
  } catch {
    return true;
  } finally {
    for (const [i, name] of OPERATIONS.entries()) Object.assign(fs, { [name]: originals[i] });
  }
}

for (const [format, make] of Object.entries(makers))
  t.test(
    `an upgrade of format ${format} that stops anywhere can be read and is completed`,
    async (t) => {
      let steps = 0;
      for (let stopped = true; stopped; steps++) {
        const directory = make(t.testdir({}));
        const volume = openCartridge(directory);
        stopped = await interrupted(steps, () => volume.noteModification());
        await volume.close();
        const reader = openCartridge(directory);
        await hasOldObjects(t, reader, `stopped at ${steps}`);
        t.match(reader.mam.get('serialNumber'), /_1\d{9}$/);
        await reader.write(0, OBJECTS.length, NEW);
        await reader.close();
        t.equal(findCartridge(directory).current, true);
        const again = openCartridge(directory);
        t.equal(again.endOfData(0), OBJECTS.length + 1);
        await again.close();
        t.ok(fs.existsSync(`${directory}/format-${format}.saved`));
      }
      t.ok(steps > 10, `${steps} places`);
    },
  );

t.test('upgrades the reference did not finish', async (t) => {
  const states: Record<string, (directory: string) => void> = {
    'mam begun': (directory) => fs.writeFileSync(`${directory}/mam`, ''),
    'mam made, meta still whole': (directory) =>
      fs.writeFileSync(`${directory}/mam`, packedMam(4, {})),
    'a new meta beside': (directory) => {
      fs.writeFileSync(`${directory}/mam`, packedMam(4, {}));
      fs.writeFileSync(
        `${directory}/meta.new`,
        fs.readFileSync(`${directory}/meta`).subarray(1024),
      );
    },
    'an empty mhvtl_data left': (directory) => {
      fs.writeFileSync(`${directory}/mam`, packedMam(4, {}));
      fs.writeFileSync(`${directory}/meta`, fs.readFileSync(`${directory}/meta`).subarray(1024));
      fs.writeFileSync(`${directory}/mhvtl_data`, '');
    },
    'memory version 2, stuck': (directory) => {
      fs.writeFileSync(`${directory}/mam`, packedMam(4, { mamVersion: 2 }));
      fs.writeFileSync(`${directory}/meta`, fs.readFileSync(`${directory}/meta`).subarray(1024));
    },
  };
  for (const [what, spoil] of Object.entries(states)) {
    const directory = format3(t.testdir({}));
    spoil(directory);
    const before = fingerprint(directory);
    const volume = openCartridge(directory);
    await hasOldObjects(t, volume, what);
    t.equal(volume.type.mktapeName, 'LTO6');
    t.same(fingerprint(directory), before);
    await volume.write(0, 5, NEW);
    await volume.close();
    t.equal(openCartridge(directory).endOfData(0), 6);
  }
});

t.test('names of both formats, whichever the reference renamed', async (t) => {
  const all = ['data', 'indx', 'meta'];
  for (const version of [5, 6])
    for (const renamed of [['data'], ['data', 'indx'], all, ['meta'], ['indx']]) {
      const directory = five(t.testdir({}));
      const mam = fs.readFileSync(`${directory}/mam`);
      mam.writeUInt32LE(version, 0);
      fs.writeFileSync(`${directory}/mam`, mam);
      for (const name of renamed) fs.renameSync(`${directory}/${name}`, `${directory}/${name}.0`);
      const before = fingerprint(directory);
      const volume = openCartridge(directory);
      await hasOldObjects(t, volume, `${version} ${renamed.join()}`);
      t.same(fingerprint(directory), before);
      await volume.write(0, 5, NEW);
      await volume.close();
      t.equal(findCartridge(directory).current, true);
    }
});

t.test('two cartridges in one directory are no blank one', async (t) => {
  const directory = format3(t.testdir({}));
  for (const name of ['mam', 'mhvtl_data'])
    fs.writeFileSync(`${directory}/${name}`, sampleFile('S00003L8', name));
  for (const name of ['data.0', 'indx.0']) fs.writeFileSync(`${directory}/${name}`, '');
  fs.writeFileSync(`${directory}/meta.0`, Buffer.alloc(512));
  const before = fingerprint(directory);
  const error = await thrownBy(() => openCartridge(directory));
  t.equal(error.fault, 'damaged');
  t.match(error.message, 'holds two cartridges');
  t.same(fingerprint(directory), before);
});

t.test('formats 1 and 2 are refused and not touched', async (t) => {
  const home = t.testdir({ OLD001L1: 'x'.repeat(2000), NEWER: {} });
  t.match((await thrownBy(() => openCartridge(`${home}/OLD001L1`))).message, 'format 1 or 2');
  t.match(
    (await thrownBy(() => readCartridgeMemory(`${home}/OLD001L1`))).message,
    'Nothing was changed',
  );
  t.equal(fs.readFileSync(`${home}/OLD001L1`, 'utf8'), 'x'.repeat(2000));
});
