// SPDX-License-Identifier: GPL-2.0-or-later
// MODE SENSE and MODE SELECT on a drive, byte by byte (SPC-5 7.5, SSC-5 8.3).
import t from 'tap';
import { hex, unhex } from '../../../src/bytes/hex.js';
import { driveProduct } from '../../../src/personality/drives.js';
import { ibmLto4 } from '../../../src/personality/lto/ibm-4.js';
import { rig } from '../../support/drive.js';
import { fieldPointerOf, senseOf } from '../../support/initiator.js';

t.test('header and block descriptor', async (t) => {
  const { run, insert } = await rig();
  t.equal(hex((await run('1a 00 00 00 0c 00')).dataIn), '0b 00 10 08 00 00 00 00 00 00 00 00');
  await insert();
  t.equal(
    hex((await run('1a 00 00 00 0c 00')).dataIn),
    '0b 88 10 08 5e 00 00 00 00 00 00 00',
    'LTO-8 data cartridge: medium type 88h, density 5Eh',
  );
  t.equal(hex((await run('5a 08 00 00 00 00 00 00 10 00')).dataIn), '00 06 88 10 00 00 00 00');
});

t.test('Data Compression page', async (t) => {
  const { run } = await rig();
  const page = async (PC: string) => hex((await run(`1a 08 ${PC} 00 ff 00`)).dataIn.subarray(4));
  t.equal(await page('0f'), '0f 0e c0 80 00 00 00 10 00 00 00 10 00 00 00 00');
  t.equal(await page('4f'), '0f 0e 80 80 00 00 00 00 00 00 00 00 00 00 00 00');
  t.equal(senseOf(await run('1a 08 cf 00 ff 00')), '5/39/00', 'no saved values');
  const off = unhex('00 00 10 00 0f 0e 40 80 00 00 00 10 00 00 00 10 00 00 00 00');
  t.equal((await run('15 10 00 00 14 00', { dataOut: off })).status, 0);
  t.equal(await page('0f'), '0f 0e 40 80 00 00 00 10 00 00 00 10 00 00 00 00');
  t.match(await page('10'), /^90 0e 00 00 00 00 00 64 40 00 18 00 00 00 00 80$/, 'page 10h agrees');
});

t.test('MODE SELECT tells the other initiators', async (t) => {
  const { run } = await rig();
  await run('00 00 00 00 00 00', { nexus: 1 });
  await run('15 10 00 00 04 00', { dataOut: unhex('00 00 10 00') });
  t.equal(senseOf(await run('00 00 00 00 00 00', { nexus: 1 })), '6/2a/01');
  t.equal(senseOf(await run('00 00 00 00 00 00')), '2/3a/00');
});

t.test('MODE SELECT refuses what cannot be, and takes nothing of that list', async (t) => {
  const { run, drive } = await rig();
  const select = (list: string) =>
    run(`15 10 00 00 ${unhex(list).length.toString(16).padStart(2, '0')} 00`, {
      dataOut: unhex(list),
    });
  const reserved = await select(
    '00 00 10 08 00 00 00 00 00 00 02 00 0f 0e c1 80 00 00 00 10 00 00 00 10 00 00 00 00',
  );
  t.equal(senseOf(reserved), '5/26/00');
  t.equal(fieldPointerOf(reserved), 'data 14.0');
  t.equal(drive.blockLength, 0, 'the block descriptor before it was not taken');
  t.equal(fieldPointerOf(await select('00 00 10 00 3d 02 00 00')), 'data 4.5', 'no such page');
  t.equal(
    fieldPointerOf(await select('00 00 10 00 0f 0a c0 80 00 00 00 10 00 00 00 10')),
    'data 5',
    'page length',
  );
  t.equal(senseOf(await select('00 00 10 00 0f 0e c0 80')), '5/1a/00', 'cut off');
  t.equal(senseOf(await select('00 00 30 00')), '5/26/00', 'buffered mode 3');
  t.equal(
    fieldPointerOf(await select('00 00 10 08 77 00 00 00 00 00 00 00')),
    'data 4',
    'a density of another world',
  );
  t.equal(senseOf(await run('15 10 00 00 10 00', { dataOut: unhex('00 00 10 00') })), '5/1a/00');
  const saving = await (await rig(ibmLto4)).run('15 11 00 00 00 00');
  t.equal(fieldPointerOf(saving), 'cdb 1.0', 'SP: nothing can be saved');
  t.equal((await run('15 10 00 00 00 00')).status, 0, 'an empty list is no error');
});

t.test('D_SENSE', async (t) => {
  const { run } = await rig();
  const list = unhex('00 00 10 00 0a 0a 04 00 00 00 00 00 00 00 00 00');
  t.equal((await run('15 10 00 00 10 00', { dataOut: list })).status, 0);
  t.equal(hex((await run('00 00 00 00 00 00')).sense), '72 02 3a 00 00 00 00 00');
});

t.test('all pages sent back with only DCE changed change DCE', async (t) => {
  const { run, drive } = await rig();
  const { dataIn } = await run('5a 08 3f 00 00 00 00 10 00 00');
  const list = dataIn.slice();
  list.fill(0, 0, 2);
  for (let at = 8; at < list.length; ) {
    const code = list[at]! & 0x3f;
    const size = list[at]! & 0x40 ? 4 + list[at + 2]! * 256 + list[at + 3]! : 2 + list[at + 1]!;
    if (code === 0x0f) list[at + 2]! ^= 0x80;
    at += size;
  }
  const before = drive.compression;
  const length = list.length.toString(16).padStart(4, '0');
  t.equal((await run(`55 10 00 00 00 00 00 ${length} 00`, { dataOut: list })).status, 0);
  t.equal(drive.compression, !before);
});

t.test(
  'densities MODE SELECT takes: those of the product, and of DLT drives those that mean compression',
  async (t) => {
    const { run, drive } = await rig(driveProduct('DLT7000'));
    const select = (density: string) =>
      run('15 10 00 00 0c 00', { dataOut: unhex(`00 00 10 08 ${density} 00 00 00 00 00 00 00`) });
    t.equal((await select('84')).status, 0, '35 GB');
    t.equal(drive.compression, false);
    t.equal((await select('85')).status, 0, '70 GB');
    t.equal(drive.compression, true);
    t.equal((await select('1a')).status, 0, 'an older density');
    t.equal(drive.compression, true);
    t.equal(fieldPointerOf(await select('91')), 'data 4', 'of an SDLT');
  },
);
