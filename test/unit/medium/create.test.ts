// SPDX-License-Identifier: GPL-2.0-or-later
// New cartridges, byte for byte against those the reference made with the same arguments.
import fs from 'node:fs';
import t from 'tap';
import { typeByMktapeName } from '../../../src/medium/cartridge-types.js';
import { CartridgeExistsError, createCartridge } from '../../../src/medium/create.js';
import { fingerprint, newCartridge, sampleFile } from '../../fixtures/media/cartridges.js';

/** Attributes that a load, a drive or a host has changed since the reference made the samples. */
const CHANGED_BY_USE: Readonly<Record<string, readonly number[]>> = {
  mam: [0x0000, 0x0003, 0x0009, 0x020a, 0x0220, 0x0222, 0x0800, 0x0803],
  /* The dirty mark is clear again; the number of partitions was counted at the load. */
  mhvtl_data: [0x04],
};

/** Fills the values of the given attributes with zeros; the walk is the test's own. */
function without(file: Buffer, start: number, ids: readonly number[]): Buffer {
  const copy = Buffer.from(file);
  for (let at = start; at < copy.length; ) {
    const length = copy.readUInt16LE(at + 2);
    if (ids.includes(copy.readUInt16LE(at))) copy.fill(0, at + 4, at + 4 + length);
    at += 4 + length;
  }
  return copy;
}

const samples = [
  { sample: 'S00001L8', density: 'LTO8', use: 'data', megabytes: 500, createdAt: 1795365328 },
  { sample: 'S00003L8', density: 'LTO8', use: 'data', megabytes: 500, createdAt: 1795365330 },
  { sample: 'S00005L6', density: 'LTO6', use: 'WORM', megabytes: 100, createdAt: 1795365331 },
] as const;

for (const { sample, density, use, megabytes, createdAt } of samples)
  t.test(`${sample} is made as the reference made it`, async (t) => {
    const directory = createCartridge(t.testdir({}), {
      barcode: sample,
      type: typeByMktapeName(density)!,
      use,
      capacity: megabytes * 1048576,
      createdAt,
    });
    t.same(fs.readdirSync(directory).sort(), ['data.0', 'indx.0', 'mam', 'meta.0', 'mhvtl_data']);
    for (const [name, ids] of Object.entries(CHANGED_BY_USE)) {
      const start = name === 'mam' ? 8 : 0;
      const made = fs.readFileSync(`${directory}/${name}`);
      t.same(without(made, start, ids), without(sampleFile(sample, name), start, ids), name);
    }
    t.equal(fs.statSync(`${directory}/data.0`).size, 0);
    t.equal(fs.statSync(`${directory}/indx.0`).size, 0);
    t.same(fs.readFileSync(`${directory}/meta.0`), Buffer.alloc(512));
  });

t.test('what the samples cannot show', async (t) => {
  const home = t.testdir({});
  const make = (barcode: string, density: string, use: 'cleaning' | 'data' = 'data') => {
    const type = typeByMktapeName(density)!;
    return createCartridge(home, { barcode, type, use, capacity: 0, createdAt: 1 });
  };
  const mam = fs.readFileSync(`${make('CLN001L4', 'LTO4', 'cleaning')}/mam`);
  t.equal(mam.length, 1071);
  t.match(mam.toString('hex'), '08040100060904020014', 'cleaning, 20 times');
  t.match(mam.toString('hex'), '01000800000000ba43b74000', '800 GB');
  t.match(mam.toString('hex'), '040008000000000000000bb2', '4096 bytes less 1102');
  t.match(mam.toString('latin1'), 'vtl-1.8 ');
  const lto5 = fs.readFileSync(`${make('A00001L5', 'LTO5')}/mhvtl_data`);
  t.match(lto5.toString('hex'), '03000100020400010002', 'two partitions are announced');
  const lto4 = fs.readFileSync(`${make('A00001L4', 'LTO4')}/mhvtl_data`);
  t.match(lto4.toString('hex'), '03000100010400010001');
});

t.test('modes follow the umask', async (t) => {
  const before = process.umask(0o022);
  t.teardown(() => process.umask(before));
  const directory = newCartridge(t.testdir({}));
  t.equal(fs.statSync(directory).mode & 0o7777, 0o750);
  for (const name of fs.readdirSync(directory))
    t.equal(fs.statSync(`${directory}/${name}`).mode & 0o7777, 0o640, name);
});

t.test('an existing cartridge is left as it is', async (t) => {
  const home = t.testdir({ OLD001L3: { data: 'x', meta: 'y' } });
  const directory = newCartridge(home);
  const before = fingerprint(directory);
  t.throws(() => newCartridge(home), CartridgeExistsError);
  t.same(fingerprint(directory), before);
  t.throws(() => newCartridge(home, 'OLD001L3'), CartridgeExistsError, 'in an older format, too');
  t.same(fs.readdirSync(`${home}/OLD001L3`), ['data', 'meta']);
  t.same(fs.readdirSync(home).sort(), ['E01001L8', 'OLD001L3'], 'nothing is left behind');
});

t.test('an empty directory is used', async (t) => {
  const home = t.testdir({ E01001L8: {} });
  t.ok(fs.existsSync(`${newCartridge(home)}/data.0`));
});

t.test('a barcode cannot lead out of the home directory', async (t) => {
  const home = t.testdir({ home: {} });
  for (const barcode of ['../X', '.', '..', 'a/b', '', '.hidden'])
    t.throws(() => newCartridge(`${home}/home`, barcode), RangeError, barcode);
  t.same(fs.readdirSync(home), ['home']);
});

t.test('without a home directory nothing is made', async (t) => {
  t.throws(() => newCartridge(`${t.testdir({})}/nowhere`), { code: 'ENOENT' });
});
