// SPDX-License-Identifier: GPL-2.0-or-later
// Recommended access order, as CTA asks for it, and the ends of wraps (SSC-5 4.2.29; LTO-9 SCSI reference).
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { readUint } from '../../../src/bytes/layout.js';
import { driveProduct } from '../../../src/personality/drives.js';
import { ibmLto9 } from '../../../src/personality/lto/ibm-9.js';
import { type Rig, rig, write6 } from '../../support/drive.js';
import { fieldPointerOf, senseOf } from '../../support/initiator.js';

const u32 = (value: number) => value.toString(16).padStart(8, '0');
const generate = (length: number, process = 2) => `a4 1d 0${process} 00 00 00 ${u32(length)} 00 00`;
const receive = (offset = 0) => `a3 1d ${u32(offset)} 00 01 00 00 00 00`;

/** A UDS descriptor of 32 bytes. */
function segment(name: string, first: number, last: number, partition = 0): Uint8Array {
  const bytes = new Uint8Array(32);
  bytes.set([0, 0x1e]);
  bytes.set(Buffer.from(name), 5);
  bytes[15] = partition;
  bytes[23] = first;
  bytes[31] = last;
  return bytes;
}

function parameters(...segments: Uint8Array[]): { dataOut: Uint8Array } {
  const dataOut = new Uint8Array(8 + 32 * segments.length);
  dataOut[7] = 32 * segments.length;
  segments.forEach((each, i) => {
    dataOut.set(each, 8 + 32 * i);
  });
  return { dataOut };
}

/** 28 blocks of a tenth of a wrap each: nearly three of 280 wraps. */
async function written(): Promise<Rig> {
  const drive = await rig(ibmLto9);
  await drive.insert({ density: 'LTO9', capacity: 280_000 });
  for (let i = 0; i < 28; i++) await drive.run(write6(100), { dataOut: new Uint8Array(100) });
  await drive.run('01 00 00 00 00 00');
  return drive;
}

const namesOf = (list: Uint8Array): string =>
  Array.from({ length: (list.length - 8) / 32 }, (_, i) =>
    String.fromCharCode(list[8 + 32 * i + 5]!),
  ).join('');

t.test('limits', async (t) => {
  const { run } = await rig(ibmLto9);
  t.equal(hex((await run('a3 9d 00 00 00 00 00 00 00 04 00 00')).dataIn), '0a aa 00 20');
});

t.test('segments come back in the order of the least way', async (t) => {
  const { run } = await written();
  /* The tape goes to 1000 with object 10, and back with 11 to 20: 19 lies beside 0, 12 beside 8. */
  const asked = parameters(
    segment('c', 12, 13),
    segment('a', 0, 1),
    segment('d', 19, 19),
    segment('b', 7, 8),
  );
  t.equal((await run(generate(asked.dataOut.length), asked)).status, 0);
  const list = (await run(receive())).dataIn;
  t.equal(hex(list.subarray(0, 8)), '02 02 00 00 00 00 00 80');
  t.equal(namesOf(list), 'adbc', 'from a to d across the wraps, then away from the beginning');
  t.equal(hex(list.subarray(8, 40)), hex(segment('a', 0, 1)));
  t.equal(hex((await run(receive(40))).dataIn), hex(list.subarray(40)));
  t.equal((await run(generate(asked.dataOut.length, 1), asked)).status, 0);
  t.equal(namesOf((await run(receive())).dataIn), 'cadb', 'process 1 keeps the order');
});

t.test('every initiator has its own list, as long as the volume is there', async (t) => {
  const { run, drive, insert } = await written();
  await run('00 00 00 00 00 00', { nexus: 1 });
  const asked = parameters(segment('a', 0, 0));
  await run(generate(40), asked);
  t.equal(hex((await run(receive(), { nexus: 1 })).dataIn), '00 00 00 00 00 00 00 00');
  await drive.remove();
  t.equal(senseOf(await run(receive())), '2/3a/00');
  await insert({ density: 'LTO9' });
  t.equal(hex((await run(receive())).dataIn), '00 00 00 00 00 00 00 00');
});

t.test('what is refused', async (t) => {
  const { run } = await written();
  const pointer = async (...segments: Uint8Array[]) => {
    const asked = parameters(...segments);
    return fieldPointerOf(await run(generate(asked.dataOut.length), asked));
  };
  t.equal(await pointer(segment('a', 28, 28)), 'data 24', 'begins at the end of data');
  t.equal(await pointer(segment('a', 3, 2)), 'data 32');
  t.equal(await pointer(segment('a', 1, 2), segment('b', 0, 1, 1)), 'data 55', 'no such partition');
  t.equal(fieldPointerOf(await run(generate(0, 3))), 'cdb 2.2');
  t.equal(senseOf(await run(generate(40), { dataOut: new Uint8Array(40) })), '5/1a/00');
  t.equal(fieldPointerOf(await run(receive(9))), 'cdb 2', 'behind the list');
  for (const product of ['ULT3580-HH9', 'ULT3580-TD8']) {
    const other = await rig(driveProduct(product));
    t.equal(fieldPointerOf(await other.run(receive())), 'cdb 1.4', product);
  }
});

t.test('the ends of wraps', async (t) => {
  const { run } = await written();
  const all = (await run('a3 1f 45 02 00 00 00 00 10 00 00 00')).dataIn;
  t.equal(readUint(all, 0, 2), all.length - 2);
  t.equal(
    hex(all.subarray(4)),
    '00 00 00 00 00 00 00 00 00 00 00 09 ' +
      '00 01 00 00 00 00 00 00 00 00 00 13 ' +
      '00 02 00 00 00 00 00 00 00 00 00 1c',
    'objects 9 and 19, and the end of data in wrap 2',
  );
  t.equal(
    hex((await run('a3 1f 45 01 00 01 00 00 10 00 00 00')).dataIn),
    '00 08 00 00 00 00 00 00 00 13',
  );
  t.equal(
    hex((await run('a3 1f 45 00 00 00 00 00 10 00 00 00')).dataIn),
    '00 08 00 00 00 00 00 00 00 09',
  );
  t.equal(fieldPointerOf(await run('a3 1f 45 01 00 03 00 00 10 00 00 00')), 'cdb 4', 'not written');
  t.equal(fieldPointerOf(await run('a3 1f 44 00 00 00 00 00 10 00 00 00')), 'cdb 2');
});
