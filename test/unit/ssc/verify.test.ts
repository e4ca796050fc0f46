// SPDX-License-Identifier: GPL-2.0-or-later
// VERIFY (SSC-5 7.24): by blocks, by filemarks, to the end of data, against bytes; and bytes backwards.
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { ibmLto8 } from '../../../src/personality/lto/ibm-8.js';
import { bufferRecovery, explicitAddresses, reverse } from '../../../src/ssc/index.js';
import { read6, rig, u24, write6 } from '../../support/drive.js';
import { fieldPointerOf, flagsOf, informationOf, senseOf } from '../../support/initiator.js';

const verify = (flags: number, length: number) =>
  `13 ${flags.toString(16).padStart(2, '0')} ${u24(length)} 00`;
const rewind = '01 00 00 00 00 00';
const everything = {
  ...ibmLto8,
  commands: [...ibmLto8.commands, ...explicitAddresses, ...reverse, ...bufferRecovery],
};

t.test('VERIFY meets what READ would meet, and moves no data', async (t) => {
  const { run, insert, write, drive } = await rig();
  await insert();
  await write(5, 7, 'mark', 9);
  await run(rewind);
  const good = await run(verify(0, 5));
  t.equal(good.status, 0);
  t.equal(good.dataIn.length, 0);
  const short = await run(verify(0, 10));
  t.same(flagsOf(short), ['ILI']);
  t.equal(informationOf(short), 3);
  t.equal(senseOf(await run(verify(0, 9))), '0/00/01');
  t.equal((await run(verify(0, 9))).status, 0);
  t.equal(senseOf(await run(verify(0, 9))), '8/00/05');
  t.equal(drive.mounted?.position, 4);
});

t.test('by filemarks and to the end of data', async (t) => {
  const { run, insert, write, drive } = await rig();
  await insert();
  await write(5, 'mark', 7, 'mark', 9);
  await run(rewind);
  t.equal((await run(verify(0x08, 1))).status, 0);
  t.equal(drive.mounted?.position, 2);
  const missing = await run(verify(0x08, 4));
  t.equal(senseOf(missing), '8/00/05');
  t.equal(informationOf(missing), 3, 'filemarks not found');
  await run(rewind);
  t.equal((await run(verify(0x20, 0))).status, 0, 'VTE');
  t.equal(drive.mounted?.position, 5);
  t.equal(fieldPointerOf(await run(verify(0x28, 1))), 'cdb 1.5', 'VTE and VBF');
  t.equal(fieldPointerOf(await run(verify(0x0a, 1))), 'cdb 1.1', 'VBF and BYTCMP');
});

t.test('byte compare', async (t) => {
  const { run, insert, drive } = await rig();
  await insert();
  const dataOut = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  await run('15 10 00 00 0c 00', { dataOut: Uint8Array.of(0, 0, 0x10, 8, 0, 0, 0, 0, 0, 0, 0, 4) });
  await run(write6(2, 1), { dataOut });
  await run(rewind);
  t.equal((await run(verify(3, 2), { dataOut })).status, 0);
  await run(rewind);
  const differs = await run(verify(3, 2), { dataOut: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 9) });
  t.equal(senseOf(differs), 'e/1d/00');
  t.equal(informationOf(differs), 1);
  await run(rewind);
  t.equal(fieldPointerOf(await run(verify(3, 2), { dataOut: dataOut.subarray(4) })), 'cdb 2');
  t.equal(drive.mounted?.position, 0);
});

t.test('READ REVERSE', async (t) => {
  const { run, insert, drive } = await rig(everything);
  await insert();
  await run(write6(3), { dataOut: Uint8Array.of(1, 2, 3) });
  await run('10 00 00 00 01 00');
  await run(write6(3), { dataOut: Uint8Array.of(4, 5, 6) });
  t.equal(hex((await run(`0f 00 ${u24(3)} 00`)).dataIn), '06 05 04', 'as the head meets them');
  const mark = await run(`0f 04 ${u24(3)} 00`);
  t.equal(senseOf(mark), '0/00/01');
  t.equal(drive.mounted?.position, 1, 'before the mark');
  t.equal(hex((await run(`0f 04 ${u24(3)} 00`)).dataIn), '01 02 03', 'BYTORD');
  const beginning = await run(`0f 00 ${u24(3)} 00`);
  t.equal(senseOf(beginning), '0/00/04');
  t.equal(informationOf(beginning), 3);
  t.equal(drive.mounted?.position, 0);
});

t.test('explicit addresses', async (t) => {
  const { run, insert, write, drive } = await rig(everything);
  await insert();
  await write(1, 2, 3);
  const at = (position: number, partition = 0) => `0${partition} 00 00 00 00 00 00 00 0${position}`;
  t.equal(hex((await run(`88 00 00 ${at(1)} ${u24(2)} 00 00`)).dataIn), '01 01');
  t.equal((await run(`8f 00 00 ${at(0)} ${u24(1)} 00 00`)).status, 0);
  t.equal(hex((await run(`81 00 00 ${at(3)} ${u24(3)} 00 00`)).dataIn), '02 02 02');
  t.equal(
    (await run(`8a 00 00 ${at(1)} ${u24(1)} 00 00`, { dataOut: Uint8Array.of(9) })).status,
    0,
  );
  t.equal(drive.mounted?.volume.endOfData(0), 2);
  t.equal((await run(`80 00 00 ${at(2)} ${u24(2)} 00 00`)).status, 0);
  t.equal((await run(`93 00 00 ${at(1)} 00 00 00 00 00`)).status, 0);
  t.equal(drive.mounted?.volume.endOfData(0), 1);
  t.equal(
    senseOf(await run(`8a 00 00 ${at(7)} ${u24(1)} 00 00`, { dataOut: Uint8Array.of(9) })),
    '8/00/05',
  );
  t.equal(fieldPointerOf(await run(`88 00 00 ${at(0, 1)} ${u24(1)} 00 00`)), 'cdb 3');
});

t.test('RECOVER BUFFERED DATA finds nothing that is not written', async (t) => {
  const { run, insert, write } = await rig(everything);
  await insert();
  await write(3);
  const reply = await run(`14 00 ${u24(3)} 00`);
  t.equal(senseOf(reply), '8/00/05');
  t.equal(informationOf(reply), 3);
});

t.test('buffered mode 0 and READ POSITION', async (t) => {
  const { run, insert, write } = await rig();
  await insert();
  await run('15 10 00 00 04 00', { dataOut: Uint8Array.of(0, 0, 0x00, 0) });
  await write(3, 'mark', 3);
  t.equal(
    hex((await run('34 00 00 00 00 00 00 00 00 00')).dataIn),
    '00 00 00 00 00 00 00 03 00 00 00 03 00 00 00 00 00 00 00 00',
    'no flag set at object 3',
  );
  t.equal(
    hex((await run('34 06 00 00 00 00 00 00 00 00')).dataIn.subarray(8, 24)),
    '00 00 00 00 00 00 00 03 00 00 00 00 00 00 00 01',
  );
  t.equal(
    hex((await run('34 08 00 00 00 00 00 00 20 00')).dataIn.subarray(0, 16)),
    '00 00 00 1c 00 00 00 00 00 00 00 00 00 00 00 03',
  );
  t.equal(hex((await run(read6(3))).dataIn), '');
});
