// SPDX-License-Identifier: GPL-2.0-or-later
// RESERVE(6) with an element list: descriptors and rules of the StorageTek SL500 Interface Reference Manual, tables 6-93
// and 6-94, and of SCSI-2 17.2.8.
import t from 'tap';
import { hex, unhex } from '../../../src/bytes/hex.js';
import { ibm3584 } from '../../../src/personality/ibm-libraries.js';
import { type Library, library, senseOf } from './library.js';

const conflict = 'status 24';
const [slot1, slot2, slot3, drive1] = ['03e8', '03e9', '03ea', '01f4'];
const move = (from: string, to: string): string => `a5 00 0000 ${from} ${to} 00 00 00 00`;

/** Reserves, under an identification, ranges of `number address`. */
async function reserve(lib: Library, nexus: number, id: string, ...ranges: string[]) {
  const dataOut = unhex(ranges.map((range) => `00 00 ${range}`).join(''));
  const length = dataOut.length.toString(16).padStart(4, '0');
  return senseOf(await lib.send(`16 01 ${id} ${length} 00`, { nexus, dataOut }));
}

t.test('elements of another initiator cannot be moved from or to', async (t) => {
  const lib = await library();
  const sent = async (cdb: string, nexus: number) => senseOf(await lib.send(cdb, { nexus }));
  t.equal(await reserve(lib, 0, '07', `0001 ${slot1}`, `0001 ${drive1}`), '');
  t.equal(await sent(move(slot1, slot3), 1), conflict, 'source');
  t.equal(await sent(move(slot2, drive1), 1), conflict, 'destination');
  t.equal(await sent(`a6 00 0000 ${slot2} ${slot1} ${slot3} 00 00`, 1), conflict, 'exchange');
  t.equal(await sent(move(slot2, slot3), 1), '', 'others can');
  t.equal(await sent('b8 00 0000 ffff 00 00ffff 00 00', 1), '', 'looking is no moving');
  t.equal(await sent('07 00 00 00 00 00', 1), conflict, 'the robot would pass all elements');
  t.equal(await sent('16 00 00 00 00 00', 1), conflict, 'the whole unit, six bytes');
  t.equal(await sent('56 00 00 00 00 00 00 0000 00', 1), conflict, 'and ten');
  t.equal(await reserve(lib, 1, '07', `0002 ${slot1}`), conflict, 'they overlap');
  t.equal(await sent(move(slot1, drive1), 0), '', 'the holder moves');
  t.equal(await sent('17 01 08 00 00 00', 0), '', 'another identification: nothing is released');
  t.equal(await sent(move(drive1, slot1), 1), conflict);
  t.equal(await sent('17 01 07 00 00 00', 0), '');
  t.equal(await sent(move(drive1, slot1), 1), '');
});

t.test('what ends a reservation', async (t) => {
  const lib = await library();
  const sent = async (cdb: string, nexus: number) => senseOf(await lib.send(cdb, { nexus }));
  const taken = async () => (await sent(move(slot1, slot1), 1)) === conflict;
  const all = `0000 ${slot1}`;
  await reserve(lib, 0, '01', all);
  t.ok(await taken(), 'number 0: all from there on');
  t.equal(await reserve(lib, 0, '01', `0001 ${slot2}`), '', 'superseded');
  t.notOk(await taken());
  await reserve(lib, 0, '01', all);
  t.equal(await sent('16 00 00 00 00 00', 0), '', 'the holder takes the whole unit');
  await sent('17 00 00 00 00 00', 0);
  t.notOk(await taken(), 'which superseded the elements');
  await reserve(lib, 0, '01', all);
  lib.changer.nexusLost(0);
  t.notOk(await taken(), 'the initiator is gone');
  await sent('00 00 00 00 00 00', 0);
  await reserve(lib, 0, '01', all);
  lib.changer.reset();
  await sent('00 00 00 00 00 00', 1);
  t.notOk(await taken(), 'reset');
});

t.test('refused', async (t) => {
  const lib = await library();
  t.equal(await reserve(lib, 0, '01', '0001 0001'), '5/21/01@4', 'a picker');
  t.equal(await reserve(lib, 0, '01', `0001 ${slot1}`, '0009 03e8'), '5/21/01@10', 'past the last');
  t.equal(senseOf(await lib.send('16 01 00 0005 00', { dataOut: new Uint8Array(5) })), '5/1a/00');
  t.equal(senseOf(await lib.send('16 01 00 0006 00')), '5/1a/00', 'a list that did not come');
  t.equal(senseOf(await lib.send('16 00 00 0006 00')), '', 'without ELEMENT there is none');
  await lib.send('17 00 00 00 00 00');
  t.equal(senseOf(await lib.send('16 11 00 0000 00')), '5/24/00@1.4', 'third party');
  t.equal(await reserve(lib, 0, '01', ...Array(17).fill(`0001 ${slot1}`)), '5/1a/00', '16 at most');
  for (let id = 0; id < 64; id++)
    t.equal(await reserve(lib, 0, id.toString(16).padStart(2, '0'), `0001 ${slot1}`), '');
  t.equal(await reserve(lib, 0, '40', `0001 ${slot2}`), '5/55/02', 'there is room for 64');
});

t.test('a TS3500 reserves itself only (IBM: "Element: not supported")', async (t) => {
  const lib = await library({ product: ibm3584 });
  t.equal(await reserve(lib, 0, '00', '0001 0400'), '5/24/00@1.0');
  t.equal(
    hex((await lib.send('a3 0c 01 16 0000 0000ffff 00 00')).dataIn).slice(0, 11),
    '00 03 00 06',
  );
});
