// SPDX-License-Identifier: GPL-2.0-or-later
// Movements that take time: what a drive answers meanwhile (SSC-5 4.2.24), IMMED, cleaning.
import t from 'tap';
import { cartridgeTypes } from '../../../src/medium/cartridge-types.js';
import { MemoryVolume } from '../../../src/medium/memory-volume.js';
import { ibmLto8 } from '../../../src/personality/lto/ibm-8.js';
import { LoadError } from '../../../src/ssc/cartridge-source.js';
import { placeOf, travelTime, wrapsOf } from '../../../src/ssc/wraps.js';
import { type Rig, rig } from '../../support/drive.js';
import { senseOf } from '../../support/initiator.js';

const testUnitReady = '00 00 00 00 00 00';
const { timing } = ibmLto8;
const paced = () => rig(ibmLto8, undefined, { pace: 1 });

/** Puts a cartridge in and waits until it is threaded. */
async function loaded(drive: Rig): Promise<void> {
  await drive.insert();
  await drive.pace.pass(timing.loadSeconds);
  await drive.run(testUnitReady);
}

const progressOf = (sense: Uint8Array): number => (sense[16]! * 256 + sense[17]!) / 65536;

t.test('threading', async (t) => {
  const { run, insert, pace } = await paced();
  await insert();
  t.equal(senseOf(await run(testUnitReady)), '2/04/01');
  await pace.pass(timing.loadSeconds / 2);
  const half = await run(testUnitReady);
  t.equal(senseOf(half), '2/04/01');
  t.equal(progressOf(half.sense), 0.5);
  t.equal((await run('12 00 00 00 24 00')).status, 0, 'INQUIRY is answered');
  await pace.pass(timing.loadSeconds / 2);
  t.equal(senseOf(await run(testUnitReady)), '6/28/00', 'ready, and this is the news');
  t.equal((await run(testUnitReady)).status, 0);
});

t.test('IMMED returns at once, and the next command is refused until it is over', async (t) => {
  const drive = await paced();
  await loaded(drive);
  const { run, pace } = drive;
  const writing = run('0a 00 00 00 04 00', { dataOut: new Uint8Array(4) });
  await pace.pass(1);
  t.equal((await writing).status, 0);
  for (const [name, cdb, sense] of [
    ['ERASE', '19 02 00 00 00 00', '2/04/07'],
    ['REWIND', '01 01 00 00 00 00', '2/04/07'],
    ['FORMAT MEDIUM', '04 01 00 00 00 00', '2/04/04'],
    ['UNLOAD', '1b 01 00 00 00 00', '2/04/07'],
  ] as const) {
    t.equal((await run(cdb)).status, 0, name);
    t.equal(senseOf(await run(testUnitReady)), sense, `while ${name}`);
    await pace.pass(100);
  }
  t.equal(senseOf(await run(testUnitReady)), '2/3a/00');
  t.equal((await run('1b 01 00 00 01 00')).status, 0, 'LOAD');
  t.equal(senseOf(await run(testUnitReady)), '2/04/01');
});

t.test('without IMMED the command lasts as long as the movement', async (t) => {
  const drive = await paced();
  await loaded(drive);
  let over = false;
  const formatting = drive.run('04 00 00 00 00 00').then(() => {
    over = true;
  });
  await drive.pace.pass(1);
  t.notOk(over);
  t.equal(
    senseOf({ ...(await drive.run('03 00 00 00 60 00')), sense: new Uint8Array(18) }),
    '0/00/00',
  );
  await drive.pace.pass(100);
  await formatting;
  t.ok(over);
});

t.test('delays of an administrator count without a pace', async (t) => {
  const { run, insert, pace, drive } = await rig();
  drive.mechanics.extraSeconds.load = 5;
  await insert();
  t.equal(senseOf(await run(testUnitReady)), '2/04/01');
  await pace.pass(5);
  t.equal(senseOf(await run(testUnitReady)), '6/28/00');
});

t.test('a cartridge taken out on its way is not ready later', async (t) => {
  const { run, insert, pace, drive } = await paced();
  await insert();
  await drive.remove();
  t.equal(senseOf(await run(testUnitReady)), '2/3a/00');
  await pace.pass(100);
  t.equal(senseOf(await run(testUnitReady)), '2/3a/00');
});

t.test('a cleaning cartridge cleans, counts down, and leaves', async (t) => {
  const { run, insert, pace, drive } = await paced();
  drive.alerts.set('clean now');
  const volume = await insert({ use: 'cleaning' });
  t.equal(senseOf(await run(testUnitReady)), '2/30/03');
  t.equal(senseOf(await run('0a 00 00 00 01 00', { dataOut: new Uint8Array(1) })), '2/30/03');
  t.ok(drive.alerts.isSet(11), 'cleaning media');
  t.notOk(drive.alerts.isSet(20), 'clean now is done');
  await pace.pass(100);
  t.equal(senseOf(await run(testUnitReady)), '2/3a/00', 'put out');
  t.equal(volume.mam.get('mediumTypeInformation'), 19);
  t.equal(drive.statistics.life.cleanings, 1);
});

t.test('an expired cleaning cartridge does not clean', async (t) => {
  const { drive } = await rig();
  const volume = new MemoryVolume({
    type: cartridgeTypes.find(({ mktapeName }) => mktapeName === 'LTO8')!,
    use: 'cleaning',
  });
  volume.mam.set('mediumTypeInformation', 0);
  await drive.insert({ barcode: 'CLN001L8', open: () => volume });
  t.ok(drive.alerts.isSet(22));
  t.equal(drive.statistics.life.cleanings, 0);
  t.equal(drive.barcode, 'CLN001L8', 'it waits for the library');
});

t.test('wraps go there and back', (t) => {
  const volume = {
    partitionCount: 2,
    capacity: (partition: number) => (partition === 0 ? 300 : 100),
    used: (_: number, position: number) => position,
  };
  const four = { ...timing, wraps: 4, tapeMetres: 1000, locateSpeed: 10 };
  t.same(wrapsOf(volume, four), [
    { first: 0, count: 3 },
    { first: 3, count: 1 },
  ]);
  t.same(placeOf(volume, four, 0, 25), { wrap: 0, metres: 250 });
  t.same(placeOf(volume, four, 0, 125), { wrap: 1, metres: 750 }, 'on the way back');
  t.same(placeOf(volume, four, 0, 300), { wrap: 2, metres: 1000 }, 'full');
  t.same(placeOf(volume, four, 1, 0), { wrap: 3, metres: 1000 });
  const [from, to] = [placeOf(volume, four, 0, 25), placeOf(volume, four, 0, 125)];
  t.equal(travelTime(four, from, to), 500 / 10 + 4);
  t.equal(travelTime(four, from, from), 0);
  t.end();
});

t.test('a command that is aborted does not hold up the next', async (t) => {
  const drive = await paced();
  await loaded(drive);
  const { run, unit, pace } = drive;
  const writing = run('0a 00 00 00 04 00', { dataOut: new Uint8Array(4) });
  await pace.pass(1);
  await writing;
  const erasing = run('19 01 00 00 00 00');
  unit.manage({ function: 'LOGICAL UNIT RESET', nexus: 0 });
  t.equal((await erasing).status, 0x40, 'LONG ERASE: TASK ABORTED');
  t.equal(senseOf(await run(testUnitReady)), '6/29/03');
  t.equal((await run(testUnitReady)).status, 0, 'and it stands still');
});

t.test('a firmware cartridge updates its own generation, and leaves', async (t) => {
  const { run, insert, pace, drive } = await paced();
  await insert({ use: 'firmware' });
  t.equal(senseOf(await run(testUnitReady)), '2/04/07');
  t.equal(senseOf(await run('0a 00 00 00 01 00', { dataOut: new Uint8Array(1) })), '2/04/07');
  await pace.pass(180);
  t.equal(senseOf(await run(testUnitReady)), '6/3f/01');
  t.equal(senseOf(await run(testUnitReady)), '2/3a/00', 'put out');
  await drive.remove();
  await t.rejects(insert({ use: 'firmware', density: 'LTO7' }), LoadError);
  t.ok(drive.alerts.isSet('download failure'));
});

t.test('a diagnostic cartridge is a medium', async (t) => {
  const { run, insert } = await rig();
  await insert({ use: 'diagnostic' });
  t.equal(senseOf(await run('0a 00 00 00 01 00', { dataOut: new Uint8Array(1) })), 'none');
});

t.test('a library sees what the drive is doing: DT DEVICE ACTIVITY, INXTN', async (t) => {
  const drive = await paced();
  const activity = async () => {
    const page = (await drive.run('4d 00 51 00 00 00 00 00 ff 00')).dataIn;
    return [page[10]!, page[9]! >> 7];
  };
  await drive.insert();
  t.same([drive.drive.mechanics.movement, ...(await activity())], ['load', 2, 1]);
  await drive.pace.pass(timing.loadSeconds);
  await drive.run(testUnitReady);
  t.same(await activity(), [0, 0]);
  const written = drive.run('0a 00 10 00 00 00', { dataOut: new Uint8Array(1 << 20) });
  t.equal(drive.drive.mechanics.movement, undefined, 'not yet');
  await drive.pace.pass(0);
  t.equal(drive.drive.mechanics.movement, 'write');
  await drive.pace.pass(10);
  await written;
});
