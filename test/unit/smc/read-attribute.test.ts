// SPDX-License-Identifier: GPL-2.0-or-later
// READ ATTRIBUTE by element address, against the tables of Sony's LIB-D81 manual (chapter 8.10).
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { attributesOf } from '../../../src/daemon/library-cartridges.js';
import { defaultLibrary } from '../../../src/personality/default-library.js';
import { library, senseOf } from './library.js';

const media = fileURLToPath(new URL('../../fixtures/media', import.meta.url));
const slots = ['S00001L8', 'X00002L8', undefined];
const attributes = (barcode: string) => attributesOf([media], barcode);
const shelf = () => library({ product: defaultLibrary, slots, attributes });
const ask = (action: number, element: string, type = '00', first = '0000'): string =>
  `8c 0${action} ${element} ${type} 00 00 00 ${first} 0000ffff 00 00`;

t.test('of a cartridge in a slot', async (t) => {
  const { send } = await shelf();
  const { dataIn } = await send(ask(0, '0400', '02', '0400'));
  const text = Buffer.from(dataIn).toString('latin1');
  t.match(hex(dataIn.subarray(4, 9)), '04 00 81 00 08', 'MEDIUM MANUFACTURER, ASCII, read only');
  t.equal(text.slice(9, 17), 'linuxVTL');
  t.match(text, 'S00001L8', 'BARCODE');
  const { dataIn: list } = await send(ask(1, '0400'));
  t.equal(hex(list.subarray(4, 8)), '00 00 00 01');
  t.equal(list.length, 4 + new DataView(list.buffer, list.byteOffset).getUint32(0));
  t.equal(hex((await send(ask(2, '0400'))).dataIn), '00 02 00 01');
  t.equal(hex((await send(ask(3, '0400'))).dataIn), '00 02 00 01');
});

t.test('the elements that can be read', async (t) => {
  const { send } = await shelf();
  t.equal(
    hex((await send(ask(4, '0000'))).dataIn),
    '00 00 00 0f 02 04 00 00 03 03 03 00 00 02 04 00 01 00 02',
    'type, first address, how many: table 8.10.5.2',
  );
});

t.test('refused', async (t) => {
  const { send } = await shelf();
  t.equal(senseOf(await send(ask(0, '0402'))), '2/3a/00', 'an empty slot');
  t.equal(senseOf(await send(ask(0, '0401'))), '3/11/12', 'a cartridge that cannot be read');
  t.equal(senseOf(await send(ask(0, '0fff'))), '5/21/01@2');
  t.equal(senseOf(await send(ask(0, '0400', '04'))), '5/24/00@4.3', 'a slot is no drive');
  t.equal(
    senseOf(await send(ask(0, '0400', '02', '0002').replace(/0002 0000ffff/, '7777 0000ffff'))),
    '5/24/00@8',
  );
  t.equal(senseOf(await send('8c 00 0400 02 00 00 01 0000 0000ffff 00 00')), '5/24/00@7');
  const stk = await library();
  t.equal(senseOf(await stk.send(ask(0, '03e8'))), '5/20/00@0.7', 'an L700 has no such command');
});
