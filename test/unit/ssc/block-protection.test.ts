// SPDX-License-Identifier: GPL-2.0-or-later
// Logical block protection: check values, and what a drive does with them (SSC-5 4.2.28).
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { crc32c } from '../../../src/medium/crc32c.js';
import { ibmLto5 } from '../../../src/personality/lto/ibm-5.js';
import { reedSolomonCrc } from '../../../src/ssc/reed-solomon-crc.js';
import { read6, rig, u24, write6 } from '../../support/drive.js';
import { fieldPointerOf, informationOf, senseOf } from '../../support/initiator.js';

const primes = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((n) => {
    for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
    return true;
  });

t.test('check values over the primes below 256, as the programs of IBM test themselves', (t) => {
  const some = Uint8Array.from(primes(2, 157));
  t.equal(crc32c(some), 0xe8174f48);
  t.equal(reedSolomonCrc(some), 0x733d4dca);
  t.equal(reedSolomonCrc(Uint8Array.from(primes(2, 251))), 0x754ed37e);
  t.equal(reedSolomonCrc(some.subarray(0, 0)), 0);
  t.end();
});

/** MODE SELECT of the Control Data Protection page: method, LBP_W and LBP_R. */
const select = (method: number, flags: number) => {
  const list = new Uint8Array(4 + 32);
  list.set([0, 0, 0x10, 0, 0x4a, 0xf0, 0, 0x1c, method, 4, flags]);
  return { dataOut: list };
};
const modeSelect = '15 10 00 00 24 00';

/* The block of the check values, and its guards in the byte order of each method. */
const block = Uint8Array.from(primes(2, 157));
const guarded = (...guard: number[]) => Uint8Array.of(...block, ...guard);
const crc = guarded(0x48, 0x4f, 0x17, 0xe8);
const reedSolomon = guarded(0x73, 0x3d, 0x4d, 0xca);

for (const [name, method, sent] of [
  ['CRC32C', 2, crc],
  ['Reed-Solomon CRC', 1, reedSolomon],
] as const)
  t.test(`${name}: guards are checked when written, and come back when read`, async (t) => {
    const { run, insert, drive } = await rig();
    await insert();
    t.equal((await run(modeSelect, select(method, 0xc0))).status, 0);
    t.equal((await run(write6(sent.length), { dataOut: sent })).status, 0);
    const bad = sent.slice();
    bad[3]! ^= 1;
    const refused = await run(write6(bad.length), { dataOut: bad });
    t.equal(senseOf(refused), '4/10/01');
    t.equal(refused.dataOutUsed, 0);
    t.equal(drive.mounted?.position, 1, 'and the block is not written');
    t.equal(drive.mounted?.volume.endOfData(0), 1);
    await run('01 00 00 00 00 00');
    const back = await run(read6(200));
    t.equal(hex(back.dataIn), hex(sent));
    t.equal(informationOf(back), 200 - sent.length, 'the guard counts as part of the block');
    await run('01 00 00 00 00 00');
    t.equal((await run(`13 10 ${u24(sent.length)} 00`)).status, 0, 'VERIFY with VLBPM');
    await run(modeSelect, select(method, 0));
    await run('01 00 00 00 00 00');
    t.equal(hex((await run(read6(block.length))).dataIn), hex(block), 'the medium has no guard');
  });

t.test(
  'a drive that was told so has the least significant byte of a Reed-Solomon CRC first',
  async (t) => {
    const { run, insert } = await rig(undefined, undefined, { bigEndianProtection: false });
    await insert();
    await run(modeSelect, select(1, 0xc0));
    const dataOut = guarded(0xca, 0x4d, 0x3d, 0x73);
    t.equal((await run(write6(dataOut.length), { dataOut })).status, 0);
  },
);

t.test('many blocks in a command: what was good before the bad one is written', async (t) => {
  const { run, insert, drive } = await rig();
  await insert();
  await run('15 10 00 00 0c 00', {
    dataOut: Uint8Array.of(0, 0, 0x10, 8, 0, 0, 0, 0, 0, 0, 0, crc.length),
  });
  await run(modeSelect, select(2, 0xc0));
  const bad = crc.slice().fill(0, 0, 3);
  const reply = await run(write6(3, 1), { dataOut: Uint8Array.of(...crc, ...bad, ...crc) });
  t.equal(senseOf(reply), '4/10/01');
  t.equal(informationOf(reply), 2);
  t.equal(drive.mounted?.position, 1);
});

t.test('methods the drive does not have', async (t) => {
  const { run, insert } = await rig(ibmLto5);
  await insert({ density: 'LTO5' });
  t.equal((await run(modeSelect, select(1, 0xc0))).status, 0);
  const refused = await run(modeSelect, select(2, 0xc0));
  t.equal(senseOf(refused), '5/26/00');
  t.equal(fieldPointerOf(refused), 'data 8');
  t.equal(senseOf(await run(modeSelect, select(3, 0))), '5/26/00');
  t.equal(
    fieldPointerOf(await run('13 10 00 00 01 00')),
    undefined,
    'protected: it may be verified',
  );
  await run(modeSelect, select(0, 0));
  t.equal(fieldPointerOf(await run('13 10 00 00 01 00')), 'cdb 1.4');
});
