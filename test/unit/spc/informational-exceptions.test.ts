// SPDX-License-Identifier: GPL-2.0-or-later
// Informational exceptions: a TapeAlert flag is told as MRIE says (SPC-5 7.5.14), and the tests of it (SSC-5 8.3.6).
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { type Rig, rig } from '../../support/drive.js';
import { fieldPointerOf, senseOf } from '../../support/initiator.js';

const h2 = (value: number) => value.toString(16).padStart(2, '0');
const testUnitReady = '00 00 00 00 00 00';

interface Rules {
  readonly MRIE: number;
  /** DEXCPT 08h, TEST 04h, PERF 80h. */
  readonly flags?: number;
  /** Units of 100 ms. */
  readonly interval?: number;
  readonly count?: number;
}

/** MODE SELECT of page 1Ch. */
function rule({ run }: Rig, { MRIE, flags = 0, interval = 0, count = 0 }: Rules) {
  const list = new Uint8Array(4 + 12);
  list.set([0x1c, 0x0a, flags, MRIE], 4);
  new DataView(list.buffer).setUint32(8, interval);
  new DataView(list.buffer).setInt32(12, count);
  return run('15 10 00 00 10 00', { dataOut: list });
}

/** A drive with a cartridge, and two initiators that have been told everything. */
async function start(rules?: Rules): Promise<Rig> {
  const drive = await rig();
  await drive.insert();
  if (rules) await rule(drive, rules);
  for (let i = 0; i < 3; i++) await drive.run(testUnitReady, { nexus: 1 });
  return drive;
}

const told = async ({ run }: Rig, nexus = 0) => senseOf(await run(testUnitReady, { nexus }));

t.test('nothing is told as long as DEXCPT is one, which it is by default', async (t) => {
  const drive = await start();
  drive.drive.alerts.set('clean now');
  t.equal(await told(drive), 'none');
  await rule(drive, { MRIE: 0 });
  drive.drive.alerts.set('media');
  t.equal(await told(drive), 'none', 'MRIE 0');
});

t.test('unit attention: every initiator, once', async (t) => {
  const drive = await start({ MRIE: 2 });
  drive.drive.alerts.set('clean now');
  t.equal(await told(drive), '6/5d/00');
  t.equal(await told(drive), 'none');
  t.equal(await told(drive, 1), '6/5d/00');
  t.equal(await told(drive, 1), 'none');
});

t.test('recovered error and no sense: with the data of a command that did well', async (t) => {
  for (const [MRIE, expected] of [
    [4, '1/5d/00'],
    [5, '0/5d/00'],
  ] as const) {
    const drive = await start({ MRIE });
    drive.drive.alerts.set('clean now');
    t.equal(senseOf(await drive.run('12 00 00 00 24 00')), 'none', 'INQUIRY tells nothing');
    const position = await drive.run('34 00 00 00 00 00 00 00 00 00');
    t.equal(senseOf(position), expected);
    t.equal(position.dataIn.length, 20, 'READ POSITION');
    t.equal(await told(drive), 'none', 'once');
  }
});

t.test('a command that does not do well tells its own', async (t) => {
  const drive = await start({ MRIE: 4 });
  drive.drive.alerts.set('clean now');
  t.equal(senseOf(await drive.run('08 00 00 10 00 00')), '8/00/05');
  t.equal(await told(drive), '1/5d/00');
});

t.test('MRIE 3 needs PER', async (t) => {
  const drive = await start({ MRIE: 3 });
  drive.drive.alerts.set('clean now');
  t.equal(await told(drive), 'none');
  const page = Uint8Array.of(0, 0, 0, 0, 0x01, 0x0a, 0x04, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  t.equal((await drive.run('15 10 00 00 10 00', { dataOut: page })).status, 2, 'and tells now');
  drive.drive.alerts.set('media');
  t.equal(await told(drive), '1/5d/00');
});

t.test('MRIE 6 waits for REQUEST SENSE', async (t) => {
  const drive = await start({ MRIE: 6 });
  drive.drive.alerts.set('clean now');
  t.equal(await told(drive), 'none');
  const sense = (await drive.run('03 00 00 00 12 00')).dataIn;
  t.same([sense[2], sense[12], sense[13]], [0, 0x5d, 0x00]);
  t.equal((await drive.run('03 00 00 00 12 00')).dataIn[12], 0);
});

t.test('again after the interval, as often as REPORT COUNT says', async (t) => {
  const drive = await start({ MRIE: 4, interval: 10, count: 2 });
  drive.drive.alerts.set('clean now');
  t.equal(await told(drive), '1/5d/00');
  t.equal(await told(drive), 'none');
  drive.clock.pass(1000);
  t.equal(await told(drive), '1/5d/00');
  drive.clock.pass(1000);
  t.equal(await told(drive), 'none');
});

t.test('when the flags are read there is nothing to tell any more', async (t) => {
  const drive = await start({ MRIE: 4, interval: 10 });
  drive.drive.alerts.set('clean now');
  t.equal(await told(drive), '1/5d/00');
  drive.clock.pass(1000);
  t.equal(senseOf(await drive.run('4d 00 6e 00 00 00 00 02 00 00')), 'none', 'LOG SENSE, page 2Eh');
  t.equal(await told(drive), 'none');
});

t.test('TEST', async (t) => {
  const drive = await start();
  const both = await rule(drive, { MRIE: 4, flags: 0x0c });
  t.equal(senseOf(both), '5/26/00');
  t.equal(fieldPointerOf(both), 'data 6', 'TEST with DEXCPT');
  t.equal((await rule(drive, { MRIE: 4, flags: 0x04 })).status, 0);
  t.equal(await told(drive), '1/5d/ff');
  t.equal(await told(drive), 'none');
  t.equal((await rule(drive, { MRIE: 4, flags: 0x0c, count: 20 })).status, 0, 'flag 20');
  t.ok(drive.drive.alerts.isSet('clean now'));
  await rule(drive, { MRIE: 4, flags: 0x0c, count: -20 });
  t.equal(drive.drive.alerts.flags, 0n);
  await rule(drive, { MRIE: 4, flags: 0x0c, count: 32767 });
  t.equal(drive.drive.alerts.flags, 2n ** 64n - 1n);
  for (const count of [65, -65, 32766])
    t.equal(senseOf(await rule(drive, { MRIE: 4, flags: 0x04, count })), '5/26/00', `${count}`);
});

t.test('methods there are not', async (t) => {
  const drive = await start();
  for (const MRIE of [1, 7, 15]) {
    const refused = await rule(drive, { MRIE });
    t.equal(senseOf(refused), '5/26/00', h2(MRIE));
    t.equal(fieldPointerOf(refused), 'data 7');
  }
});

t.test(
  'the test of a flag is momentary: a page that is sent back as it was read sets nothing',
  async (t) => {
    const drive = await start();
    const { run, drive: unit } = drive;
    await rule(drive, { MRIE: 0, count: 7 });
    await rule(drive, { MRIE: 0, flags: 0x04, count: 20 });
    t.ok(unit.alerts.isSet('clean now'));
    const { dataIn } = await run('1a 08 1c 00 ff 00');
    t.equal(
      hex(dataIn.subarray(4)),
      '1c 0a 00 00 00 00 00 00 00 00 00 07',
      'TEST is over, REPORT COUNT is back',
    );
    await run('4d 00 6e 00 00 00 00 ff ff 00');
    t.notOk(unit.alerts.isSet('clean now'), 'read, and so cleared');
    dataIn[0] = 0;
    t.equal((await run('15 10 00 00 10 00', { dataOut: dataIn })).status, 0);
    t.notOk(unit.alerts.isSet('clean now'));
    await rule(drive, { MRIE: 0, flags: 0x04, count: 20 });
    t.ok(unit.alerts.isSet('clean now'), 'asked again, set again');
  },
);

t.test('a change of the rules ends a test, not what really happened', async (t) => {
  const drive = await start({ MRIE: 6 });
  const polled = async () => hex((await drive.run('03 00 00 00 ff 00')).dataIn.subarray(12, 14));
  await rule(drive, { MRIE: 6, flags: 0x04 });
  await rule(drive, { MRIE: 6 });
  t.equal(await polled(), '00 00', 'the test is over');
  drive.drive.alerts.set('clean now');
  await rule(drive, { MRIE: 6, interval: 1 });
  drive.clock.pass(200);
  t.equal(await polled(), '5d 00');
});
