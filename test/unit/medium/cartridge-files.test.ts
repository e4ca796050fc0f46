// SPDX-License-Identifier: GPL-2.0-or-later
// Cartridges that are not opened: other formats, incomplete ones, other things. None is changed, none is blank.
import fs from 'node:fs';
import t from 'tap';
import { readCartridgeMemory } from '../../../src/medium/cartridge-files.js';
import { openCartridge } from '../../../src/medium/file-volume.js';
import {
  fingerprint,
  newCartridge,
  sampleFile,
  thrownBy,
} from '../../fixtures/media/cartridges.js';

t.test('cartridges in older formats are refused by name', async (t) => {
  const home = t.testdir({ FLAT01L1: 'x', V3: {}, V4: {}, V5: {}, V7: {} });
  const meta3 = Buffer.alloc(1536);
  meta3.writeUInt32LE(3, 0);
  meta3.writeUInt32LE(3, 4);
  for (const name of ['data', 'indx']) fs.writeFileSync(`${home}/V3/${name}`, '');
  fs.writeFileSync(`${home}/V3/meta`, meta3);
  for (const version of [4, 5, 7]) {
    const mam = Buffer.from(sampleFile('S00003L8', 'mam'));
    mam.writeUInt32LE(version, 0);
    fs.writeFileSync(`${home}/V${version}/mam`, mam);
  }
  for (const [name, format] of [
    ['V3', 'format 3 (mhvtl 0.18 to 1.7)'],
    ['V4', 'format 4 with memory in format 4 (an interrupted upgrade'],
    ['V5', 'format 5 with'],
    ['V7', 'format 7 with memory in format 4;'],
  ] as const) {
    const before = fingerprint(`${home}/${name}`);
    const error = await thrownBy(() => openCartridge(`${home}/${name}`));
    t.equal(error.fault, 'unreadable');
    t.match(error.message, format);
    t.match(error.message, 'Nothing was changed');
    t.same(fingerprint(`${home}/${name}`), before, `${name} is untouched`);
  }
  const flat = await thrownBy(() => openCartridge(`${home}/FLAT01L1`));
  t.match(flat.message, 'format 1 or 2');
});

t.test('an incomplete cartridge is damaged, whatever is missing', async (t) => {
  for (const name of ['mam', 'mhvtl_data', 'data.0', 'indx.0', 'meta.0']) {
    const directory = newCartridge(t.testdir({}));
    fs.rmSync(`${directory}/${name}`);
    const before = fingerprint(directory);
    const error = await thrownBy(() => openCartridge(directory));
    t.equal(error.fault, 'damaged', name);
    t.match(error.message, `${directory}/${name} is missing`);
    t.same(fingerprint(directory), before, 'and nothing was made in its place');
  }
});

t.test('a missing partition before the last', async (t) => {
  const directory = newCartridge(t.testdir({}));
  fs.writeFileSync(`${directory}/data.2`, '');
  t.match((await thrownBy(() => openCartridge(directory))).message, 'data.1 is missing');
});

t.test('no cartridge at all', async (t) => {
  const error = await thrownBy(() => openCartridge(`${t.testdir({})}/E01001L8`));
  t.equal(error.fault, 'unreadable');
  t.match(error.message, 'ENOENT');
});

t.test('memory that makes no sense', async (t) => {
  const spoil = (name: string, header: string, value: number): string => {
    const directory = newCartridge(t.testdir({}));
    const bytes = fs.readFileSync(`${directory}/${name}`);
    bytes[bytes.indexOf(Buffer.from(header, 'hex')) + 4] = value;
    fs.writeFileSync(`${directory}/${name}`, bytes);
    return directory;
  };
  const type = spoil('mhvtl_data', '08000800', 0x58);
  t.equal(openCartridge(type).type.mktapeName, 'LTO8', 'the number alone is enough');
  const both = fs.readFileSync(`${type}/mhvtl_data`);
  both[both.indexOf(Buffer.from('05000100', 'hex')) + 4] = 200;
  fs.writeFileSync(`${type}/mhvtl_data`, both);
  t.match((await thrownBy(() => openCartridge(type))).message, 'media type 200');
  const use = spoil('mam', '08040100', 9);
  t.match((await thrownBy(() => openCartridge(use))).message, 'medium type 9');
  const short = newCartridge(t.testdir({}));
  fs.truncateSync(`${short}/mam`, 5);
  t.equal((await thrownBy(() => openCartridge(short))).fault, 'damaged');
});

t.test('what a library asks of a cartridge it does not mount', async (t) => {
  const directory = newCartridge(t.testdir({}));
  fs.rmSync(`${directory}/data.0`);
  const { type, use, mam } = readCartridgeMemory(directory);
  t.equal(type.mktapeName, 'LTO8');
  t.equal(use, 'data');
  t.equal(mam.get('barcode'), 'E01001L8');
});
