// SPDX-License-Identifier: GPL-2.0-or-later
// SEND VOLUME TAG and REQUEST VOLUME ELEMENT ADDRESS: templates, what they find, and who asked.
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { readUint } from '../../../src/bytes/layout.js';
import { library, senseOf } from './library.js';

const list = (template: string): Uint8Array => {
  const bytes = new Uint8Array(40);
  bytes.set(Buffer.from(template.padEnd(32)));
  return bytes;
};
const search = (action = '05', type = '0', start = '0000') =>
  `b6 0${type} ${start} 00 ${action} 00 00 0028 00 00`;
const results = 'b5 10 0000 ffff 00 00ffff 00 00';

/** Addresses in element status data. */
function addresses(data: Uint8Array): number[] {
  const found: number[] = [];
  for (let page = 8; page < data.length; ) {
    const length = readUint(data, page + 2, 2);
    const end = page + 8 + readUint(data, page + 5, 3);
    for (let at = page + 8; at < end; at += length) found.push(readUint(data, at, 2));
    page = end;
  }
  return found;
}

t.test('templates', async (t) => {
  const { send, changer } = await library();
  changer.elements.at(0xa)!.cartridge = changer.admit('E01007L8');
  changer.elements.at(0xb)!.cartridge = changer.admit('NOBAR001');
  const cases: readonly (readonly [template: string, found: number[]])[] = [
    ['E01001L8', [0x3e8]],
    ['E0100?L8', [0xa, 0x3e8]],
    ['*L8', [0xa, 0x3e8, 0x3e9]],
    ['*', [0xa, 0x3e8, 0x3e9]],
    ['CLN*', [0x3e9]],
    ['CLN', []],
    ['E.*', []],
    ['e01001l8', []],
    ['NOBAR001', []],
    ['', []],
  ];
  for (const [template, found] of cases) {
    t.equal(senseOf(await send(search(), { dataOut: list(template) })), '');
    const { dataIn } = await send(results);
    t.same(addresses(dataIn), found, template);
    t.equal(dataIn[4], 5, 'the action is told');
    t.equal(readUint(dataIn, 2, 2), found.length);
  }
});

t.test('the results are element status data', async (t) => {
  const { send } = await library();
  await send(search('04'), { dataOut: list('CLN101L8') });
  const expected = await send('b8 12 03e9 0001 00 00 ffff 00 00');
  const { dataIn } = await send(results);
  t.equal(hex(dataIn), hex(expected.dataIn).replace('03 e9 00 01 00', '03 e9 00 01 04'));
  const { dataIn: withoutTags } = await send('b5 00 0000 ffff 00 00ffff 00 00');
  t.equal(withoutTags.length, 8 + 8 + 16);
  t.equal((await send('b5 10 0000 ffff 00 000010 00 00')).dataIn.length, 16, 'allocation length');
});

t.test('type and start of the search, and of the request', async (t) => {
  const { send } = await library();
  const find = async (sent: string, asked: string): Promise<number[]> => {
    t.equal(senseOf(await send(sent, { dataOut: list('*') })), '');
    return addresses((await send(asked)).dataIn);
  };
  t.same(await find(search('05', '2'), results), [0x3e8, 0x3e9]);
  t.same(await find(search('05', '3'), results), []);
  t.same(await find(search('05', '0', '03e9'), results), [0x3e9]);
  t.same(await find(search(), 'b5 10 03e9 ffff 00 00ffff 00 00'), [0x3e9]);
  t.same(await find(search(), 'b5 10 0000 0001 00 00ffff 00 00'), [0x3e8]);
  t.same(await find(search(), 'b5 13 0000 ffff 00 00ffff 00 00'), []);
  t.same(await find(search('05', '2'), 'b5 13 0000 ffff 00 00ffff 00 00'), []);
});

t.test('results follow the cartridge, and belong to who asked', async (t) => {
  const { send } = await library();
  t.equal(senseOf(await send(results)), '5/2c/00', 'nobody asked');
  await send(search(), { dataOut: list('E01001L8') });
  t.equal(senseOf(await send(results, { nexus: 1 })), '5/2c/00');
  await send('a5 00 0000 03e8 03ea 00 00 00 00');
  t.same(addresses((await send(results)).dataIn), [0x3ea]);
});

t.test('a search ends with a reset, and with the nexus', async (t) => {
  const { send, changer } = await library();
  for (const end of [() => changer.reset(), () => changer.nexusLost(0)]) {
    await send(search(), { dataOut: list('E01001L8') });
    end();
    await send('00 00 00 00 00 00');
    t.equal(senseOf(await send(results)), '5/2c/00');
  }
});

t.test('refusals', async (t) => {
  const { send } = await library();
  const dataOut = list('*');
  t.equal(senseOf(await send(search('02'), { dataOut })), '5/24/00@5.4', 'no alternate tags');
  t.equal(
    senseOf(await send(search('08'), { dataOut })),
    '5/24/00@5.4',
    'tags are read, not given',
  );
  t.equal(senseOf(await send(search('05', '5'), { dataOut })), '5/24/00@1.3');
  t.equal(senseOf(await send(search('05', '0', '0fff'), { dataOut })), '5/21/01@2');
  t.equal(senseOf(await send('b6 00 0000 00 05 00 00 0020 00 00', { dataOut })), '5/1a/00');
  const reserved = list('*');
  reserved[33] = 1;
  t.equal(senseOf(await send(search(), { dataOut: reserved })), '5/26/00@33');
  t.equal(senseOf(await send('b5 15 0000 ffff 00 00ffff 00 00')), '5/24/00@1.3');
});

t.test('REZERO UNIT', async (t) => {
  const { send, changer } = await library();
  t.equal(senseOf(await send('01 00 00 00 00 00')), '');
  changer.elements.of('medium transport')[0]!.jammed = true;
  t.equal(senseOf(await send('01 00 00 00 00 00')), '4/15/01');
});
