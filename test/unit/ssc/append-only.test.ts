// SPDX-License-Identifier: GPL-2.0-or-later
// Append-only mode and ALLOW OVERWRITE; programmable early warning (SSC-5 4.2.21, 4.2.5, 7.1).
import t from 'tap';
import { read6, rig, write6 } from '../../support/drive.js';
import { fieldPointerOf, flagsOf, informationOf, senseOf } from '../../support/initiator.js';

/** MODE SELECT(6) of the Device Configuration Extension page, in the form LTFS sends it. */
const extension = (writeMode: number, PEWS = 0) => {
  const dataOut = new Uint8Array(36);
  dataOut.set([0, 0, 0x10, 0, 0x50, 0x01, 0, 0x1c, 0, (writeMode << 4) | 2, PEWS >> 8, PEWS]);
  return ['15 10 00 00 24 00', { dataOut }] as const;
};
const block = { dataOut: new Uint8Array(4) };
const allow = (what: number, position = 0, partition = 0) =>
  `82 00 0${what} 0${partition} 00 00 00 00 00 00 00 0${position} 00 00 00 00`;

t.test('append-only mode', async (t) => {
  const { run, insert, write, drive } = await rig();
  await insert();
  await write(1, 2, 3);
  t.equal((await run(...extension(1))).status, 0);
  t.equal((await run(write6(4), block)).status, 0, 'appending');
  await run('01 00 00 00 00 00');
  for (const cdb of [
    write6(4),
    '10 00 00 00 01 00',
    '19 00 00 00 00 00',
    '04 00 00 00 00 00',
    '0b 00 00 ff ff 00',
  ])
    t.equal(senseOf(await run(cdb, block)), '7/30/0c', cdb);
  t.equal(drive.mounted?.volume.endOfData(0), 4, 'nothing was lost');
  t.ok(drive.alerts.isSet(60));
  const refused = await run(...extension(0));
  t.equal(senseOf(refused), '5/26/00', 'the mode lasts as long as the mount');
  t.equal(fieldPointerOf(refused), 'data 9');
  t.equal(fieldPointerOf(await run(...extension(2))), 'data 9');
  await drive.remove();
  await insert();
  await write(1);
  await run('01 00 00 00 00 00');
  t.equal((await run(write6(4), block)).status, 0);
});

t.test('ALLOW OVERWRITE permits one write at the position', async (t) => {
  const { run, insert, write, drive } = await rig();
  await insert();
  await write(1, 2, 3);
  await run(...extension(1));
  await run('2b 00 00 00 00 00 01 00 00 00');
  t.equal(senseOf(await run(allow(1, 2))), '5/3b/00', 'not where the drive stands');
  t.equal(senseOf(await run(allow(1, 1, 1))), '5/3b/00');
  t.equal((await run(allow(1, 1))).status, 0);
  t.equal((await run(write6(4), block)).status, 0);
  t.equal(drive.mounted?.volume.endOfData(0), 2);
  await run('2b 00 00 00 00 00 01 00 00 00');
  t.equal(senseOf(await run(write6(4), block)), '7/30/0c', 'the permission is used up');
  await run(allow(1, 1));
  t.equal((await run(allow(0))).status, 0);
  t.equal(senseOf(await run(write6(4), block)), '7/30/0c', 'and can be taken back');
  t.equal(fieldPointerOf(await run(allow(3))), 'cdb 2.3');
});

t.test('ALLOW OVERWRITE permits a format', async (t) => {
  const { run, insert, write, drive } = await rig();
  await insert();
  await write(1);
  await run(...extension(1));
  await run('01 00 00 00 00 00');
  t.equal((await run(allow(2))).status, 0);
  t.equal(senseOf(await run(write6(4), block)), '7/30/0c', 'but no write');
  await run(allow(2));
  t.equal((await run('04 00 00 00 00 00')).status, 0);
  t.equal(drive.mounted?.volume.endOfData(0), 0);
});

t.test('programmable early warning, in megabytes, is told once', async (t) => {
  const { run, insert, drive } = await rig();
  await insert({ capacity: 6_000_000 });
  t.equal((await run(...extension(0, 2))).status, 0);
  const dataOut = new Uint8Array(1_000_000);
  const write = () => run(write6(dataOut.length), { dataOut });
  const position = async () => (await run('34 00 00 00 00 00 00 00 00 00')).dataIn[0]! & 0x41;
  t.equal((await write()).status, 0);
  t.equal(await position(), 0);
  const warned = await write();
  t.equal(senseOf(warned), '0/00/07', 'four megabytes are left');
  t.same(flagsOf(warned), ['EOM']);
  t.equal(informationOf(warned), 0);
  t.equal(await position(), 0x01, 'BPEW');
  t.equal((await write()).status, 0, 'not again');
  t.equal(senseOf(await write()), '0/00/02', 'early warning');
  t.equal(await position(), 0x41, 'EOP and BPEW');
  await run('01 00 00 00 00 00');
  t.equal(await position(), 0, 'it belongs to the position');
  t.equal((await run(read6(dataOut.length))).status, 0);
  t.equal((await run(write6(dataOut.length), { dataOut })).status, 0x02);
  t.equal(drive.mounted?.position, 2);
});
