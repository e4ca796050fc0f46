// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive counts: for a volume, since power on, over its life.
import t from 'tap';
import { VolatileState } from '../../../src/spc/environment.js';
import { Statistics } from '../../../src/ssc/statistics.js';
import { read6, rig } from '../../support/drive.js';

t.test('bytes, blocks and marks of a volume', async (t) => {
  const { drive, run, insert, write } = await rig();
  await insert();
  await write(100, 200, 'mark');
  await run('01 00 00 00 00 00');
  await run(read6(100));
  await run(read6(50));
  await run(read6(50));
  const { sinceMount, sincePowerOn } = drive.statistics;
  t.match(sinceMount, {
    mounts: 1,
    bytesFromHost: 300,
    bytesToMedium: 300,
    bytesFromMedium: 300,
    bytesToHost: 150,
    blocksWritten: 2,
    blocksRead: 2,
    filemarksWritten: 1,
    filemarksRead: 1,
    rewinds: 1,
  });
  await drive.remove();
  await insert();
  t.equal(drive.statistics.sinceMount.bytesFromHost, 0, 'another volume, another count');
  t.equal(sincePowerOn.mounts, 2);
  t.equal(sincePowerOn.bytesFromHost, 300);
});

t.test('overwritten blocks count each time', async (t) => {
  const { drive, run, insert, write } = await rig();
  await insert();
  await write(100);
  await run('01 00 00 00 00 00');
  await write(70);
  t.equal(drive.statistics.sinceMount.bytesToMedium, 170);
});

t.test('the life of the drive survives a loss of power', async (t) => {
  const state = new VolatileState();
  const before = new Statistics(state);
  before.count('cleanings', 3);
  before.save();
  const after = new Statistics(state);
  t.equal(after.life.cleanings, 3);
  t.equal(after.life.powerOns, 2);
  t.equal(after.sincePowerOn.cleanings, 0);
  state.save('statistics', new TextEncoder().encode('{"cleanings": "many"'));
  t.equal(new Statistics(state).life.cleanings, 0, 'what makes no sense counts from zero');
});
