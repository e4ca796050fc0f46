// SPDX-License-Identifier: GPL-2.0-or-later
// READ and WRITE: lengths, filemarks, end of data, ILI, residuals (SSC-5 7.9, 7.26, table 44).
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { MediumError } from '../../../src/medium/volume.js';
import { read6, rig, write6 } from '../../support/drive.js';
import { fieldPointerOf, flagsOf, informationOf, senseOf } from '../../support/initiator.js';

const setBlockLength = (length: number) => ({
  dataOut: Uint8Array.of(0, 0, 0x10, 8, 0, 0, 0, 0, 0, length >> 16, length >> 8, length),
});
const modeSelect = '15 10 00 00 0c 00';

t.test('variable blocks', async (t) => {
  const { run, insert, write, drive } = await rig();
  await insert();
  await write(5, 10, 'mark', 7);
  await run('01 00 00 00 00 00');

  const exact = await run(read6(5));
  t.equal(exact.status, 0);
  t.equal(hex(exact.dataIn), '00 00 00 00 00');

  const short = await run(read6(12));
  t.equal(senseOf(short), '0/00/00');
  t.same(flagsOf(short), ['ILI']);
  t.equal(informationOf(short), 2);
  t.equal(short.dataIn.length, 10);

  const mark = await run(read6(12));
  t.equal(senseOf(mark), '0/00/01');
  t.same(flagsOf(mark), ['FILEMARK']);
  t.equal(informationOf(mark), 12);
  t.equal(drive.mounted?.position, 3, 'behind the mark');

  const long = await run(read6(4));
  t.same(flagsOf(long), ['ILI']);
  t.equal(informationOf(long), -3);
  t.equal(hex(long.dataIn), '03 03 03 03');

  const end = await run(read6(4));
  t.equal(senseOf(end), '8/00/05');
  t.equal(informationOf(end), 4);
  t.equal(drive.mounted?.position, 4, 'still at end of data');
});

t.test('SILI silences a short block always and a long one in variable mode', async (t) => {
  const { run, insert, write } = await rig();
  await insert();
  await write(5, 10);
  await run('01 00 00 00 00 00');
  const short = await run(read6(12, 2));
  t.equal(short.status, 0);
  t.equal(short.dataIn.length, 5);
  const long = await run(read6(4, 2));
  t.equal(long.status, 0);
  t.equal(long.dataIn.length, 4);
  await run(modeSelect, setBlockLength(512));
  await run('01 00 00 00 00 00');
  t.same(
    flagsOf(await run(read6(4, 2))),
    ['ILI'],
    'with a block length set a long one is reported',
  );
  t.equal((await run(read6(12, 2))).status, 0);
});

t.test('a transfer length of zero moves nothing', async (t) => {
  const { run, insert, write, drive } = await rig();
  await insert();
  await write(5);
  t.equal((await run(write6(0))).status, 0);
  t.equal(drive.mounted?.position, 1);
  t.equal((await run(read6(0))).status, 0);
  t.equal(drive.mounted?.position, 1);
});

t.test('fixed blocks', async (t) => {
  const { run, insert, drive } = await rig();
  await insert();
  const refused = await run(write6(2, 1), { dataOut: new Uint8Array(8) });
  t.equal(senseOf(refused), '5/24/00', 'no block length is set');
  t.equal(fieldPointerOf(refused), 'cdb 1.0');
  t.equal((await run(modeSelect, setBlockLength(4))).status, 0);

  const dataOut = Uint8Array.of(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
  t.equal((await run(write6(3, 1), { dataOut })).status, 0);
  t.equal(drive.mounted?.position, 3);
  await run('10 00 00 00 01 00');
  await run('01 00 00 00 00 00');

  const part = await run(read6(2, 1));
  t.equal(hex(part.dataIn), '01 01 01 01 02 02 02 02');
  const rest = await run(read6(5, 1));
  t.equal(hex(rest.dataIn), '03 03 03 03');
  t.equal(senseOf(rest), '0/00/01');
  t.equal(informationOf(rest), 4, 'blocks not read');

  await run(modeSelect, setBlockLength(6));
  await run('01 00 00 00 00 00');
  const wrong = await run(read6(2, 1));
  t.same(flagsOf(wrong), ['ILI']);
  t.equal(informationOf(wrong), 2);
  t.equal(drive.mounted?.position, 1, 'behind the block of another length');
  t.equal(fieldPointerOf(await run(read6(1, 3))), 'cdb 1.1', 'FIXED and SILI exclude each other');
});

t.test('early warning and the end of the partition', async (t) => {
  const { run, insert, drive } = await rig();
  const megabyte = 1 << 20;
  await insert({ capacity: 4 * megabyte });
  const dataOut = new Uint8Array(megabyte);
  t.equal((await run(write6(megabyte), { dataOut })).status, 0);
  const warned = await run(write6(megabyte), { dataOut });
  t.equal(senseOf(warned), '0/00/02', 'two megabytes are left');
  t.same(flagsOf(warned), ['EOM']);
  t.equal(informationOf(warned), 0);
  t.equal(warned.dataOutUsed, megabyte, 'and it was written');
  await run(write6(megabyte), { dataOut });
  await run(write6(megabyte), { dataOut });
  const full = await run(write6(megabyte), { dataOut });
  t.equal(senseOf(full), 'd/00/02');
  t.same(flagsOf(full), ['EOM']);
  t.equal(informationOf(full), megabyte);
  t.equal(full.dataOutUsed, 0);
  t.equal(drive.mounted?.position, 4);
  t.equal(senseOf(await run('10 00 00 00 01 00')), 'd/00/02');
});

t.test('many fixed blocks past early warning are all written', async (t) => {
  const { run, insert, drive } = await rig();
  await insert({ capacity: 3 << 20 });
  await run(modeSelect, setBlockLength(1 << 19));
  const reply = await run(write6(4, 1), { dataOut: new Uint8Array(4 << 19) });
  t.equal(senseOf(reply), '0/00/02');
  t.equal(informationOf(reply), 0);
  t.equal(drive.mounted?.position, 4);
});

t.test('who may write', async (t) => {
  const { run, insert, drive } = await rig();
  const block = { dataOut: new Uint8Array(4) };
  t.equal(senseOf(await run(write6(4), block)), '2/3a/00');

  await insert({ writeProtected: true });
  t.equal(senseOf(await run(write6(4), block)), '7/27/00');
  t.equal(senseOf(await run('19 00 00 00 00 00')), '7/27/00');
  t.equal(senseOf(await run('10 00 00 00 01 00')), '7/27/00');
  t.equal((await run('10 00 00 00 00 00')).status, 0, 'no filemarks, no writing');
  t.equal((await run('1a 00 00 00 ff 00')).dataIn[2]! & 0x80, 0x80, 'WP in the mode header');
  await drive.remove();

  await insert({ use: 'WORM' });
  await run(write6(4), block);
  await run('10 00 00 00 01 00');
  t.equal((await run(write6(4), block)).status, 0, 'appending');
  await run('01 00 00 00 00 00');
  t.equal(senseOf(await run(write6(4), block)), '7/30/0c');
  t.equal(senseOf(await run('19 00 00 00 00 00')), '7/30/0c');
  t.equal(senseOf(await run('10 00 00 00 01 00')), '7/30/0c');
  t.equal(drive.mounted?.volume.endOfData(0), 3, 'nothing was lost');
});

t.test('more promised than sent: nothing is written', async (t) => {
  const { run, insert, drive } = await rig();
  await insert();
  t.equal(senseOf(await run(write6(10), { dataOut: new Uint8Array(9) })), '5/24/00');
  t.equal(drive.mounted?.position, 0);
});

t.test(
  'a deferred error is told to who wrote, before its next command, or to anyone if that one is gone',
  async (t) => {
    const { run, insert, unit } = await rig();
    const volume = await insert();
    for (const _ of [1, 2]) await run('00 00 00 00 00 00', { nexus: 1 });
    await run(write6(10), { dataOut: new Uint8Array(10), nexus: 1 });
    let failed = true;
    Object.assign(volume, {
      takeDeferredError() {
        if (!failed) return undefined;
        failed = false;
        return new MediumError('unwritable', 'a test', { deferred: true });
      },
    });
    t.equal(senseOf(await run('00 00 00 00 00 00')), 'none', 'the other one hears nothing');
    const told = await run('00 00 00 00 00 00', { nexus: 1 });
    t.equal(senseOf(told), '3/0c/00');
    t.equal(told.sense[0]! & 0x7f, 0x71, 'deferred');
    t.equal(senseOf(await run('00 00 00 00 00 00', { nexus: 1 })), 'none', 'once');
    failed = true;
    unit.manage({ function: 'I_T NEXUS RESET', nexus: 1 });
    t.equal(senseOf(await run('00 00 00 00 00 00')), '3/0c/00');
  },
);

t.test('READ of more blocks than the initiator, or any memory, has room for', async (t) => {
  const { run, insert, drive, bugs } = await rig();
  await insert();
  drive.blockLength = 1 << 20;
  const blocks = new Uint8Array(3 << 20).map((_, i) => i >> 20);
  await run('0a 01 00 00 03 00', { dataOut: blocks });
  await run('01 00 00 00 00 00');
  const { dataIn, sense } = await run('08 01 ff ff ff 00', { dataInRoom: 1_500_000 });
  t.equal(dataIn.length, 1_500_000);
  t.same([dataIn[0], dataIn[1_499_999]], [0, 1]);
  t.equal(
    senseOf({ status: 2, sense, dataIn, dataOutUsed: 0 }),
    '8/00/05',
    'the tape moved on to the end of data',
  );
  t.equal(drive.mounted?.position, 3);
  t.same(bugs, []);
});
