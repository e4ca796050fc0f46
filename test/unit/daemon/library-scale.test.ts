// SPDX-License-Identifier: GPL-2.0-or-later
// A library of 10,000 slots, 64 drives and 240 mail slots; long barcodes; a robot that takes its time.
import t from 'tap';
import { unhex } from '../../../src/bytes/hex.js';
import { readUint } from '../../../src/bytes/layout.js';
import type { Library } from '../../../src/daemon/library.js';
import type { Completion } from '../../../src/sam/task.js';
import { setUp } from './library-rig.js';

const unknownMake = { vendor: 'ACME', product: 'GENERIC' };
const lines = (kind: string, count: number, barcode = ''): string =>
  Array.from(
    { length: count },
    (_, i) => `${kind} ${i + 1}: ${barcode && `${barcode}${i}L8`}`,
  ).join('\n');

let id = 0n;
async function send(library: Library, cdb: string): Promise<Completion> {
  return library.unit.run({
    ...{ id: ++id, nexus: 0, attribute: 'SIMPLE', cdb: unhex(cdb) },
    ...{ dataOut: new Uint8Array(), dataInRoom: 1 << 24 },
  });
}

t.test('everything is told in milliseconds, and every drive loads', async (t) => {
  const contents = [lines('Picker', 1), lines('MAP', 240), lines('Slot', 10_000, 'E')].join('\n');
  const { start, mail } = setUp(t, { ...unknownMake, contents, drives: 64, persist: 'no' });
  const library = await start();
  await send(library, '00 00 00 00 00 00');
  const took: number[] = [];
  for (let round = 0; round < 9; round++) {
    const before = performance.now();
    const { dataIn } = await send(library, 'b8 10 0000 ffff 01 ffffff 00 00');
    took.push(performance.now() - before);
    t.equal(readUint(dataIn, 2, 2), 1 + 240 + 64 + 10_000);
  }
  const median = took.sort((a, b) => a - b)[4]!;
  t.ok(median < 50, `READ ELEMENT STATUS took ${median.toFixed(1)} ms`);
  for (let drive = 1; drive <= 64; drive++)
    await library.operator.move(
      { type: 'storage', number: drive },
      { type: 'data transfer', number: drive },
    );
  t.equal(mail.holds.size, 64);
  t.same(mail.holds.get(74), { barcode: 'E63L8', ejected: false });
});

t.test('barcodes of 32 characters, where the product reads them', async (t) => {
  const barcode = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123L8';
  const contents = `Picker 1:\nMAP 1:\nSlot 1: ${barcode}\nSlot 2:\n`;
  const { start } = setUp(t, { ...unknownMake, contents });
  const library = await start();
  await send(library, '00 00 00 00 00 00');
  const { dataIn } = await send(library, 'b8 12 0000 0001 00 00ffff 00 00');
  t.equal(Buffer.from(dataIn.subarray(28, 60)).toString(), barcode);
  t.same([...dataIn.subarray(60, 64)], [0, 0, 0, 0], 'and no volume sequence number');
  await library.operator.move({ type: 'storage', number: 1 }, { type: 'storage', number: 2 });
  t.equal((await start()).changer.elements.holderOf(barcode)?.number, 2, 'and remembers them');
  await t.rejects(
    setUp(t, { contents }).start(),
    /library_contents.10: the barcode of Slot 1 is too long: StorageTek L700 reads at most 16 characters/,
  );
});

t.test('timing: a robot of 12 seconds a move, a thousand times faster', async (t) => {
  const contents = `${lines('Picker', 1)}\n${lines('Slot', 3, 'E')}\nSlot 4:\n`;
  const { start } = setUp(t, { contents, more: ' timing: 1000x\n' });
  const library = await start();
  await send(library, '00 00 00 00 00 00');
  const milliseconds = async (cdb: string): Promise<number> => {
    const before = performance.now();
    t.equal((await send(library, cdb)).status, 0);
    return performance.now() - before;
  };
  t.ok((await milliseconds('a5 00 0001 03e8 03eb 00 00 00 00')) >= 11.5, 'MOVE MEDIUM');
  t.ok((await milliseconds('a6 00 0001 03e9 03ea 03e8 00 00')) >= 23.5, 'EXCHANGE MEDIUM');
});
