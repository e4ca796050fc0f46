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

t.test('cartridges in foreign formats are refused by name', async (t) => {
  const home = t.testdir({ V2: {}, V7: {} });
  const meta = Buffer.alloc(1536);
  meta.writeUInt32LE(2, 0);
  meta.writeUInt32LE(2, 4);
  fs.writeFileSync(`${home}/V2/meta`, meta);
  const mam = Buffer.from(sampleFile('S00003L8', 'mam'));
  mam.writeUInt32LE(7, 0);
  fs.writeFileSync(`${home}/V7/mam`, mam);
  for (const [name, format] of [
    ['V2', 'format 2;'],
    ['V7', 'format 7 with memory in format 4;'],
  ] as const) {
    const before = fingerprint(`${home}/${name}`);
    const error = await thrownBy(() => openCartridge(`${home}/${name}`));
    t.equal(error.fault, 'unreadable');
    t.match(error.message, format);
    t.match(error.message, 'Nothing was changed');
    t.same(fingerprint(`${home}/${name}`), before, `${name} is untouched`);
  }
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
  t.equal(
    openCartridge(type, { readOnly: true }).type.mktapeName,
    'LTO8',
    'the number alone is enough',
  );
  const both = fs.readFileSync(`${type}/mhvtl_data`);
  both.write('no', both.indexOf('Ultrium'));
  both[both.indexOf(Buffer.from('05000100', 'hex')) + 4] = 200;
  fs.writeFileSync(`${type}/mhvtl_data`, both);
  t.equal(openCartridge(type, { readOnly: true }).type.mktapeName, 'LTO8', 'the density code, too');
  const mam = fs.readFileSync(`${type}/mam`);
  mam[mam.indexOf(Buffer.from('05040100', 'hex')) + 4] = 0xff;
  fs.writeFileSync(`${type}/mam`, mam);
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
