// SPDX-License-Identifier: GPL-2.0-or-later
// READ ATTRIBUTE and WRITE ATTRIBUTE, byte by byte (SPC-5 6.17, 6.51, 7.4).
import t from 'tap';
import { hex, unhex } from '../../../src/bytes/hex.js';
import { readUint } from '../../../src/bytes/layout.js';
import { rig } from '../../support/drive.js';
import { fieldPointerOf, senseOf } from '../../support/initiator.js';

async function loaded() {
  const base = await rig();
  await base.insert();
  const read = (action: number, first = '00 00') =>
    base.run(`8c 0${action} 00 00 00 00 00 00 ${first} 00 00 ff ff 00 00`);
  const write = (attributes: string, more = '') => {
    const content = unhex(attributes);
    const dataOut = unhex(`${content.length.toString(16).padStart(8, '0')} ${attributes} ${more}`);
    const length = dataOut.length.toString(16).padStart(8, '0');
    return base.run(`8d 01 00 00 00 00 00 00 00 00 ${length} 00 00`, { dataOut });
  };
  return { ...base, read, write };
}
/** APPLICATION NAME, an ASCII attribute of up to 32 bytes. */
const name = '0801 01 0008 4d 48 56 54 4c 20 20 20';

t.test('values', async (t) => {
  const { read } = await loaded();
  const { dataIn } = await read(0);
  t.equal(readUint(dataIn, 0, 4), dataIn.length - 4);
  t.equal(
    hex(dataIn.subarray(4, 17)),
    '00 00 80 00 08 00 00 00 00 00 00 04 00',
    'REMAINING CAPACITY IN PARTITION: read only, binary, 1024 MiB',
  );
  let last = -1;
  for (let at = 4; at < dataIn.length; at += 5 + readUint(dataIn, at + 3, 2)) {
    const id = readUint(dataIn, at, 2);
    t.ok(id > last, `${id.toString(16)} ascends`);
    last = id;
  }
  const barcode = (await read(0, '08 06')).dataIn;
  t.match(
    hex(barcode),
    /^00 00 .. .. 08 06 01 00 20 45 30 31 30 30 31 4c 38 20/,
    'BARCODE is the first',
  );
  const missing = await read(0, '08 01');
  t.equal(senseOf(missing), '5/24/00', 'an attribute nobody has written');
  t.equal(fieldPointerOf(missing), 'cdb 8');
});

t.test('lists', async (t) => {
  const { read, run } = await loaded();
  t.match(hex((await read(1)).dataIn), /^00 00 00 .. 00 00 00 01 00 02 00 03/, 'what is there');
  t.equal(hex((await read(2)).dataIn), '00 02 00 01', 'one logical volume');
  t.equal(hex((await read(3)).dataIn), '00 02 00 01', 'one partition');
  const [there, supported] = [(await read(1)).dataIn, (await read(5)).dataIn];
  t.ok(supported.length > there.length, 'what could be there');
  t.match(hex(supported), / 08 00 08 01 08 02 /);
  const place = (volume: string, partition: string) =>
    run(`8c 00 00 00 00 ${volume} 00 ${partition} 00 00 00 00 ff ff 00 00`);
  t.equal(fieldPointerOf(await place('01', '00')), 'cdb 5');
  t.equal(fieldPointerOf(await place('00', '01')), 'cdb 7');
});

t.test('writing and deleting', async (t) => {
  const { read, write } = await loaded();
  t.equal((await write(name)).status, 0);
  t.match(
    hex((await read(0, '08 01')).dataIn),
    /^00 00 .. .. 08 01 01 00 20 4d 48 56 54 4c 20 20 20/,
  );
  t.equal((await write('0801 01 0000')).status, 0, 'no bytes');
  t.equal(senseOf(await read(0, '08 01')), '5/24/00', 'delete it');
});

t.test('what cannot be taken, and then nothing is', async (t) => {
  const { read, write, run } = await loaded();
  const cases: [what: string, list: string, pointer: string][] = [
    ['read only', `0000 00 0008 0000000000000000 ${name}`, 'data 4'],
    ['unknown', `${name} 0bff 01 0001 41`, 'data 17'],
    ['a wrong format', `${name} 0803 01 0001 41`, 'data 19'],
    ['too long', `${name} 0805 00 0002 41 41`, 'data 20'],
    ['not ascending', `0803 02 0001 41 ${name}`, 'data 10'],
  ];
  for (const [what, list, pointer] of cases) {
    const reply = await write(list);
    t.equal(senseOf(reply), '5/26/00', what);
    t.equal(fieldPointerOf(reply), pointer);
  }
  t.equal(senseOf(await write('0801 01 0008 4d')), '5/1a/00', 'cut short');
  t.equal(senseOf(await read(0, '08 01')), '5/24/00', 'nothing was written');
  t.equal((await run('8d 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00')).status, 0, 'no list');
});

t.test('without a cartridge, and with one that is write protected', async (t) => {
  const { run, insert } = await rig();
  t.equal(senseOf(await run('8c 00 00 00 00 00 00 00 00 00 00 00 ff ff 00 00')), '2/3a/00');
  await insert({ writeProtected: true });
  const dataOut = unhex(`0000000d ${name}`);
  const reply = await run('8d 01 00 00 00 00 00 00 00 00 00 00 00 11 00 00', { dataOut });
  t.equal(senseOf(reply), '7/27/00');
});

t.test('the memory of a cartridge that is held, and not threaded, is out of reach', async (t) => {
  const { run, insert } = await rig();
  await insert();
  const readAttribute = '8c 00 00 00 00 00 00 00 00 00 00 00 ff ff 00 00';
  t.equal((await run(readAttribute)).status, 0);
  t.equal((await run('1b 00 00 00 09 00')).status, 0, 'LOAD with HOLD');
  t.equal(senseOf(await run(readAttribute)), '2/04/10');
  t.equal(senseOf(await run('00 00 00 00 00 00')), '2/04/02');
  t.equal((await run('1b 00 00 00 01 00')).status, 0);
  await run('00 00 00 00 00 00');
  t.equal((await run(readAttribute)).status, 0);
});
