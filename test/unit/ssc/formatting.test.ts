// SPDX-License-Identifier: GPL-2.0-or-later
// Partitions: the Medium Partition mode page, FORMAT MEDIUM, SET CAPACITY (SSC-5 4.2.7, 7.5, 7.23).
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { ibmLto8 } from '../../../src/personality/lto/ibm-8.js';
import { divide } from '../../../src/ssc/partitioning.js';
import { read6, rig, write6 } from '../../support/drive.js';
import { fieldPointerOf, senseOf } from '../../support/initiator.js';

const GB = 1e9;
const page11 = '5a 08 11 00 00 00 00 00 ff 00';
const formatMedium = (format: number) => `04 00 0${format} 00 00 00`;

/** MODE SELECT(10) of the page as LTFS sends it: as it was read, with these bytes changed. */
async function select(
  run: Awaited<ReturnType<typeof rig>>['run'],
  changes: Readonly<Record<number, number>>,
) {
  const list = (await run(page11)).dataIn.slice();
  list.set([0, 0], 0);
  for (const [at, byte] of Object.entries(changes)) list[8 + Number(at)] = byte;
  return run(`55 10 00 00 00 00 00 00 ${list.length.toString(16)} 00`, { dataOut: list });
}

t.test('the page of a fresh cartridge', async (t) => {
  const { run, insert } = await rig();
  await insert({ capacity: 12_000 * GB });
  t.equal(
    hex((await run(page11)).dataIn.subarray(8)),
    '11 0e 03 00 1c 03 09 00 2e e0 00 00 00 00 00 00',
    'one partition of 12000 times 10^9 bytes',
  );
});

t.test('LTFS makes a small partition and the rest', async (t) => {
  const { run, insert, drive } = await rig();
  const volume = await insert({ capacity: 12_000 * GB });
  /* IDP, units of 10^9, partition 0 of one unit, partition 1 the rest. */
  const ltfs = { 3: 1, 4: 0x3c, 6: 9, 8: 0, 9: 1, 10: 0xff, 11: 0xff };
  t.equal((await select(run, ltfs)).status, 0);
  t.equal(volume.partitionCount, 1, 'nothing happens before the format');
  await run('00 00 00 00 00 00', { nexus: 1 });
  t.equal((await run(formatMedium(1))).status, 0);
  t.equal(volume.partitionCount, 2);
  t.equal(volume.capacity(0) + volume.capacity(1), 12_000 * GB);
  t.equal(volume.capacity(0), Math.ceil((12_000 * GB * 2) / 208), 'two of 208 wraps at least');
  t.equal(senseOf(await run('00 00 00 00 00 00', { nexus: 1 })), '6/2a/01', 'others are told');
  t.equal((await run('00 00 00 00 00 00')).status, 0);

  t.equal(
    (await run('92 02 00 01 00 00 00 00 00 00 00 00 00 00 00 00')).status,
    0,
    'LOCATE to partition 1',
  );
  t.equal((await run(write6(3), { dataOut: Uint8Array.of(1, 2, 3) })).status, 0);
  t.equal(volume.endOfData(0), 0);
  t.equal(volume.endOfData(1), 1);
  await run('1b 00 00 00 01 00');
  t.equal(drive.mounted?.partition, 0, 'loading goes to partition 0');
  t.equal(senseOf(await run(read6(3))), '8/00/05');

  const refused = await run('92 02 00 02 00 00 00 00 00 00 00 00 00 00 00 00');
  t.equal(fieldPointerOf(refused), 'cdb 3', 'there is no partition 2');

  t.equal(senseOf(await run(formatMedium(0))), 'none', 'and back to one');
  t.equal(volume.partitionCount, 1);
  t.equal(volume.capacity(0), 12_000 * GB);
});

t.test('who may format, and where', async (t) => {
  const { run, insert, write, drive } = await rig();
  t.equal(senseOf(await run(formatMedium(0))), '2/3a/00');
  const volume = await insert();
  await write(5);
  t.equal(senseOf(await run(formatMedium(0))), '5/3b/0c');
  t.equal(senseOf(await run('0b 00 00 80 00 00')), '5/3b/0c');
  await run('01 00 00 00 00 00');
  t.equal(fieldPointerOf(await run(formatMedium(3))), 'cdb 2.3');
  t.equal(fieldPointerOf(await run('04 00 00 00 04 00', { dataOut: new Uint8Array(4) })), 'cdb 3');
  t.equal(volume.endOfData(0), 1, 'nothing was lost');
  await drive.remove();
  await insert({ writeProtected: true });
  t.equal(senseOf(await run(formatMedium(0))), '7/27/00');
  t.equal(senseOf(await run('0b 00 00 ff ff 00')), '7/27/00');
  await drive.remove();
  await insert({ use: 'WORM' });
  await write(5);
  await run('01 00 00 00 00 00');
  t.equal(senseOf(await run(formatMedium(0))), '7/30/0c');
  t.equal(senseOf(await run('0b 00 00 ff ff 00')), '7/30/0c');
});

t.test('SET CAPACITY leaves a part of the medium, and gives it back', async (t) => {
  const { run, insert } = await rig();
  const volume = await insert({ capacity: 0xffff * 1000 });
  t.equal((await run('0b 00 00 40 00 00')).status, 0);
  t.equal(volume.capacity(0), 0x4000 * 1000);
  t.equal((await run('0b 00 00 ff ff 00')).status, 0);
  t.equal(volume.capacity(0), 0xffff * 1000);
  t.equal((await run('0b 00 00 00 00 00')).status, 0);
  t.equal(volume.capacity(0), 1000, 'zero is as little as there is, not nothing');
});

t.test(
  'a drive makes no more partitions than it can, whatever the cartridge could have',
  async (t) => {
    const { run, insert } = await rig({ ...ibmLto8, maximumPartitions: 2 });
    await insert();
    const { dataIn } = await run('1a 08 11 00 ff 00');
    t.equal(dataIn[4 + 2], 1, 'MAXIMUM ADDITIONAL PARTITIONS');
    dataIn[4 + 3] = 2;
    const length = dataIn.length.toString(16).padStart(2, '0');
    dataIn[0] = 0;
    t.equal(fieldPointerOf(await run(`15 10 00 00 ${length} 00`, { dataOut: dataIn })), 'data 7');
  },
);

t.test('what the page refuses', async (t) => {
  const { run, insert } = await rig();
  await insert();
  t.equal(fieldPointerOf(await select(run, { 3: 4 })), 'data 11', 'more than four partitions');
  t.equal(fieldPointerOf(await select(run, { 4: 0xfc })), 'data 12', 'FDP and SDP and IDP');
  t.equal(senseOf(await select(run, { 2: 1 })), '5/26/00');
});

const asked = {
  additionalPartitionsDefined: 1,
  FDP: false,
  SDP: false,
  IDP: true,
  PSUM: 3,
  partitionUnits: 9,
  sizes: [0xffff, 1, 0, 0],
};

t.test('sizes', (t) => {
  t.same(divide(asked, 100 * GB, 2 * GB), [98 * GB, 2 * GB], 'at least the smallest');
  t.same(divide(asked, GB / 2, 1000), [GB / 4, GB / 4], 'a small cartridge: the rest keeps half');
  const both = { ...asked, sizes: [60, 60] };
  t.same(divide(both, 100 * GB, GB), [50 * GB, 50 * GB], 'fixed sizes are scaled to fit');
  t.same(divide({ ...asked, sizes: [0xffff, 0xffff] }, 100 * GB, GB), [50 * GB, 50 * GB]);
  t.same(
    divide({ ...asked, PSUM: 2, sizes: [500, 0xffff] }, 2 * GB, 10),
    [GB / 2, 1.5 * GB],
    'megabytes',
  );
  t.same(divide({ ...asked, IDP: false, FDP: true }, 100 * GB, GB), [99 * GB, GB]);
  const four = { ...asked, IDP: false, SDP: true, additionalPartitionsDefined: 3 };
  t.same(divide(four, 100 * GB, GB), [97 * GB, GB, GB, GB]);
  t.same(divide({ ...asked, additionalPartitionsDefined: 0 }, GB, 1), [GB]);
  t.end();
});
