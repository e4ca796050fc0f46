// SPDX-License-Identifier: GPL-2.0-or-later
// REPORT ELEMENT INFORMATION against the tables of Quantum's Scalar Intelligent Libraries SCSI Reference Guide.
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { libraryProduct } from '../../../src/personality/libraries.js';
import { library, senseOf } from './library.js';

const product = libraryProduct('QUANTUM', 'UHDL');
const ask = (page: string, type = '00', start = '00000000', number = '00'): string =>
  `9e 10 ${page} ${type} 0000 ${start} 0000ffff ${number} 00`;

t.test('supported pages', async (t) => {
  const { send } = await library({ product });
  const list = '00 02 03 7f';
  t.equal(hex((await send(ask('00', '02'))).dataIn), `00 00 00 00 00 00 00 08 02 00 00 04 ${list}`);
  const { dataIn } = await send(ask('00'));
  const all = [1, 2, 3, 4].map((type) => `0${type} 00 00 04 ${list}`).join(' ');
  t.equal(hex(dataIn), `00 00 00 00 00 00 00 20 ${all}`);
});

t.test('static information: neighbours of a type together', async (t) => {
  const { send } = await library({ product });
  t.equal(
    hex((await send(ask('02'))).dataIn),
    [
      '02 00 00 0c 00 00 00 30',
      '00 00 00 01 00 00 00 01 01 04 00 00', // the picker moves (MDO)
      '00 00 00 10 00 00 00 02 03 00 00 00',
      '00 00 01 00 00 00 00 02 04 00 00 00',
      '00 00 10 00 00 00 00 03 02 00 00 00',
    ].join(' '),
  );
});

t.test('states', async (t) => {
  const { send, changer } = await library({ product });
  const descriptors = async (cdb: string): Promise<string[]> => {
    const { dataIn } = await send(cdb);
    t.equal(hex(dataIn.subarray(0, 4)), '03 00 00 08');
    const count = (dataIn.length - 8) / 8;
    return Array.from({ length: count }, (_, i) => hex(dataIn.slice(8 + 8 * i, 16 + 8 * i)));
  };
  await send('a5 00 0000 1000 0010 00 00 00 00');
  changer.openImportExport(true, 0);
  changer.elements.at(0x1001)!.exception = 'MECHANICAL POSITIONING ERROR';
  t.same(await descriptors(ask('03', '03')), [
    // full, by the picker, out of reach until an operator shuts the door; empty
    '00 00 00 10 03 5a 00 00',
    '00 00 00 11 03 aa 00 00',
  ]);
  t.same(await descriptors(ask('03', '04')), [
    '00 00 01 00 04 80 00 00',
    '00 00 01 01 04 88 00 00', // no drive: somebody has to put one in
  ]);
  t.same(
    await descriptors(ask('03', '22', '00001000', '02')),
    ['00 00 10 00 02 80 00 00', '00 00 10 01 02 41 15 01'],
    'two from there on; one is out of order',
  );
  t.same((await descriptors(ask('03', '00', '00001002'))).length, 1);
});

t.test('all pages, and refusals', async (t) => {
  const { send } = await library({ product });
  const parts = [];
  for (const page of ['00', '02', '03']) parts.push(hex((await send(ask(page))).dataIn));
  t.equal(hex((await send(ask('7f'))).dataIn), parts.join(' '));
  t.equal(senseOf(await send(ask('04'))), '5/24/00@2');
  t.equal(senseOf(await send(ask('03', '05'))), '5/24/00@3.3');
  t.equal(senseOf(await send(ask('00', '20'))), '5/24/00@3.5', 'NEV');
  await send('16 00 00 00 00 00', { nexus: 1 });
  t.equal(senseOf(await send(ask('03'))), '', 'told under reservations of others');
  const old = await library({ product: libraryProduct('ADIC', 'Scalar 24') });
  t.equal(senseOf(await old.send(ask('03'))), '5/20/00@0.7', 'a Scalar 24 does not have it');
});
