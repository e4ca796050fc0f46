// SPDX-License-Identifier: GPL-2.0-or-later
// SPACE, LOCATE, READ POSITION, REWIND (SSC-5 7.22, 7.6, 7.10, 7.20).
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { MediumError } from '../../../src/medium/volume.js';
import { defaultDrive } from '../../../src/personality/default-drive.js';
import { rig } from '../../support/drive.js';
import { fieldPointerOf, flagsOf, informationOf, senseOf } from '../../support/initiator.js';

/** Objects 0 1 2 are blocks, 3 a mark, 4 5 blocks, 6 7 marks; end of data at 8. */
async function tape() {
  const made = await rig();
  await made.insert();
  await made.write(4, 4, 4, 'mark', 4, 4, 'mark', 'mark');
  const at = async (position: number) => {
    await made.run(`2b 00 00 00 00 00 ${position.toString(16).padStart(2, '0')} 00 00 00`);
  };
  return { ...made, at, where: () => made.drive.mounted?.position };
}

const space = (code: number, count: number) =>
  `11 0${code} ${(count & 0xffffff).toString(16).padStart(6, '0')} 00`;

t.test('SPACE over blocks', async (t) => {
  const { run, at, where } = await tape();
  await at(0);
  t.equal((await run(space(0, 2))).status, 0);
  t.equal(where(), 2);
  const mark = await run(space(0, 5));
  t.equal(senseOf(mark), '0/00/01');
  t.same(flagsOf(mark), ['FILEMARK']);
  t.equal(informationOf(mark), 4, 'one of five was done');
  t.equal(where(), 4, 'behind the mark');
  const back = await run(space(0, -3));
  t.same(flagsOf(back), ['FILEMARK']);
  t.equal(informationOf(back), 3);
  t.equal(where(), 3, 'before the mark');
  const begin = await run(space(0, -5));
  t.equal(senseOf(begin), '0/00/04');
  t.same(flagsOf(begin), ['EOM']);
  t.equal(informationOf(begin), 2);
  t.equal(where(), 0);
  await at(8);
  const end = await run(space(0, 1));
  t.equal(senseOf(end), '8/00/05');
  t.equal(informationOf(end), 1);
  t.equal((await run(space(0, 0))).status, 0);
});

t.test('SPACE over filemarks', async (t) => {
  const { run, at, where } = await tape();
  await at(0);
  await run(space(1, 1));
  t.equal(where(), 4);
  await run(space(1, 2));
  t.equal(where(), 8);
  await run(space(1, -2));
  t.equal(where(), 6);
  await at(1);
  const end = await run(space(1, 5));
  t.equal(senseOf(end), '8/00/05');
  t.equal(informationOf(end), 2);
  t.equal(where(), 8);
  const begin = await run(space(1, -4));
  t.equal(senseOf(begin), '0/00/04');
  t.equal(informationOf(begin), 1);
  t.equal(where(), 0);
});

t.test('SPACE to end of data, and codes there are not', async (t) => {
  const { run, at, where } = await tape();
  await at(0);
  t.equal((await run(space(3, 0))).status, 0);
  t.equal(where(), 8);
  const refused = await run(space(2, 1));
  t.equal(senseOf(refused), '5/24/00');
  t.equal(fieldPointerOf(refused), 'cdb 1.3');
  await at(8);
  t.equal((await run('91 01 00 00 ff ff ff ff ff ff ff fe 00 00 00 00')).status, 0);
  t.equal(where(), 6, 'SPACE(16) by -2 marks');
});

t.test('LOCATE', async (t) => {
  const { run, where } = await tape();
  t.equal((await run('2b 04 00 00 00 00 05 00 00 00')).status, 0, 'BT as st sends it');
  t.equal(where(), 5);
  t.equal(senseOf(await run('2b 00 00 00 00 00 09 00 00 00')), '8/00/05');
  t.equal(where(), 8);
  t.equal(senseOf(await run('2b 02 00 00 00 00 00 00 01 00')), '5/24/00', 'no such partition');
  t.equal((await run('92 08 00 00 00 00 00 00 00 00 00 02 00 00 00 00')).status, 0);
  t.equal(where(), 7, 'file 2 begins behind the second mark');
  t.equal((await run('92 18 00 00 00 00 00 00 00 00 00 00 00 00 00 00')).status, 0);
  t.equal(where(), 8, 'end of data');
  t.equal(fieldPointerOf(await run('92 10 00 00 00 00 00 00 00 00 00 00 00 00 00 00')), 'cdb 1.5');
});

t.test('READ POSITION', async (t) => {
  const { run, at } = await tape();
  await at(0);
  t.equal(
    hex((await run('34 00 00 00 00 00 00 00 00 00')).dataIn),
    '80 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
  );
  await at(1);
  t.equal((await run('34 01 00 00 00 00 00 00 00 00')).dataIn[0], 0, 'BOP at object 0 alone');
  await at(5);
  t.equal(
    hex((await run('34 00 00 00 00 00 00 00 00 00')).dataIn),
    '00 00 00 00 00 00 00 05 00 00 00 05 00 00 00 00 00 00 00 00',
  );
  t.equal(
    hex((await run('34 06 00 00 00 00 00 00 00 00')).dataIn),
    `00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 05 00 00 00 00 00 00 00 01${' 00'.repeat(8)}`,
  );
  const extended = await run('34 08 00 00 00 00 00 00 20 00');
  t.equal(
    hex(extended.dataIn),
    `00 00 00 1c 00 00 00 00 00 00 00 00 00 00 00 05 00 00 00 00 00 00 00 05${' 00'.repeat(8)}`,
  );
  t.equal((await run('34 08 00 00 00 00 00 00 04 00')).dataIn.length, 4);
  t.equal(fieldPointerOf(await run('34 07 00 00 00 00 00 00 00 00')), 'cdb 1.4');
});

t.test('ERASE makes the position the end of data', async (t) => {
  const { run, at, drive } = await tape();
  await at(5);
  t.equal((await run('19 01 00 00 00 00')).status, 0);
  t.equal(drive.mounted?.volume.endOfData(0), 5);
});

t.test('READ BLOCK LIMITS needs no medium', async (t) => {
  const { run } = await rig();
  t.equal(hex((await run('05 00 00 00 00 00')).dataIn), '00 80 00 00 00 01');
});

t.test('where damage took objects away there is no end of data', async (t) => {
  const { run, at, drive } = await tape();
  const volume = drive.mounted!.volume;
  const kindAt = volume.kindAt.bind(volume);
  volume.kindAt = (partition, position) => {
    if (position < volume.endOfData(partition)) return kindAt(partition, position);
    throw new MediumError('damaged', 'records are missing');
  };
  await at(0);
  t.equal(senseOf(await run(space(3, 0))), '3/11/00');
  await at(0);
  t.equal(senseOf(await run(space(1, 9))), '3/11/00');
  t.equal(senseOf(await run('2b 00 00 00 00 00 09 00 00 00')), '3/11/00');
});

t.test('SPACE over sequential filemarks, which finds none: INFORMATION is not valid', async (t) => {
  const { run, insert, write, drive } = await rig(defaultDrive);
  await insert();
  await write(4, 'mark', 4);
  const forward = await run('11 02 00 00 02 00');
  t.equal(senseOf(forward), '8/00/05');
  t.equal(informationOf(forward), undefined);
  t.equal(drive.mounted?.position, 3);
  const backward = await run('11 02 ff ff fe 00');
  t.equal(senseOf(backward), '0/00/04');
  t.same(flagsOf(backward), ['EOM']);
  t.equal(informationOf(backward), undefined);
  t.equal(drive.mounted?.position, 0);
});

t.test('SPACE over sequential filemarks finds the nearest run that is long enough', async (t) => {
  const { run, insert, write, drive } = await rig(defaultDrive);
  await insert();
  /* 0 block, 1 mark, 2 block, 3 4 marks, 5 block, 6 7 8 marks, 9 block */
  await write(4, 'mark', 4, 'mark', 'mark', 4, 'mark', 'mark', 'mark', 4);
  const to = async (from: number, count: number) => {
    drive.mounted!.position = from;
    await run(space(2, count));
    return drive.mounted!.position;
  };
  t.same([await to(0, 1), await to(0, 2), await to(0, 3), await to(4, 2)], [2, 5, 9, 8]);
  t.same([await to(10, -1), await to(10, -3), await to(6, -2), await to(4, -1)], [8, 6, 3, 3]);
});

t.test('SPACE over sequential filemarks in a tape of nothing else takes no time', async (t) => {
  const { run, insert } = await rig(defaultDrive);
  await insert();
  await run('10 00 00 ff ff 00');
  const started = performance.now();
  t.equal(senseOf(await run(space(2, -0x10000))), '0/00/04');
  t.ok(performance.now() - started < 2000);
});
