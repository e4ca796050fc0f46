// SPDX-License-Identifier: GPL-2.0-or-later
// Cartridges coming and going: unit attentions, readiness, refusals, removal (SSC-5 7.5, SPC-5 6.16).
import t from 'tap';
import { typeByMktapeName } from '../../../src/medium/cartridge-types.js';
import { MemoryVolume } from '../../../src/medium/memory-volume.js';
import { MediumError } from '../../../src/medium/volume.js';
import { ibmLto3 } from '../../../src/personality/lto/ibm-3.js';
import { LoadError } from '../../../src/ssc/cartridge-source.js';
import { rig } from '../../support/drive.js';
import { senseOf } from '../../support/initiator.js';

const blank = () => new MemoryVolume({ type: typeByMktapeName('LTO8')!, capacity: 1 << 30 });
const testUnitReady = '00 00 00 00 00 00';

t.test('every nexus hears of power on, of a new cartridge, of a reset', async (t) => {
  const { run, drive, unit, insert } = await rig();
  t.equal(senseOf(await run(testUnitReady, { nexus: 1 })), '6/29/01');
  t.equal(senseOf(await run(testUnitReady, { nexus: 1 })), '2/3a/00');
  await insert();
  t.equal(senseOf(await run(testUnitReady, { nexus: 1 })), '6/28/00');
  t.equal((await run(testUnitReady, { nexus: 1 })).status, 0);
  t.equal(unit.manage({ function: 'LOGICAL UNIT RESET', nexus: 0 }), 'FUNCTION COMPLETE');
  t.equal(senseOf(await run(testUnitReady)), '6/29/03');
  t.equal(senseOf(await run(testUnitReady, { nexus: 1 })), '6/29/03');
  t.ok(drive.mounted, 'the cartridge stays');
});

t.test('INQUIRY leaves a unit attention, REQUEST SENSE reports and takes it', async (t) => {
  const { run } = await rig();
  t.equal((await run('12 00 00 00 24 00', { nexus: 2 })).status, 0);
  const reported = await run('03 00 00 00 12 00', { nexus: 2 });
  t.equal(reported.status, 0);
  t.equal(reported.dataIn[2], 0x06);
  t.equal(reported.dataIn[12], 0x29);
  t.equal((await run('03 00 00 00 12 00', { nexus: 2 })).dataIn[12], 0x3a);
});

t.test('UNLOAD keeps the cartridge in the mouth, LOAD threads it again', async (t) => {
  const { run, drive, insert } = await rig();
  await insert();
  t.equal((await run('1b 00 00 00 00 00')).status, 0);
  t.equal(senseOf(await run(testUnitReady)), '2/3a/00');
  t.equal(drive.barcode, 'E01001L8');
  t.equal((await run('1b 00 00 00 01 00')).status, 0);
  t.equal(senseOf(await run(testUnitReady)), '6/28/00');
  t.equal((await run(testUnitReady)).status, 0);
  await drive.remove();
  t.equal(drive.barcode, undefined);
  t.equal(senseOf(await run('1b 00 00 00 01 00')), '2/3a/00');
});

t.test('PREVENT holds the cartridge against UNLOAD', async (t) => {
  const { run, insert } = await rig();
  await insert();
  await run(testUnitReady, { nexus: 1 });
  await run('1e 00 00 00 01 00', { nexus: 1 });
  t.equal(senseOf(await run('1b 00 00 00 00 00')), '5/53/02');
  await run('1e 00 00 00 00 00');
  t.equal(senseOf(await run('1b 00 00 00 00 00')), '5/53/02', 'another nexus cannot allow');
  await run(testUnitReady, { nexus: 1 });
  await run('1e 00 00 00 00 00', { nexus: 1 });
  t.equal((await run('1b 00 00 00 00 00')).status, 0);
});

t.test('cartridges a drive does not take', async (t) => {
  const { drive, insert } = await rig(ibmLto3);
  const rejected = async (density: string) =>
    insert({ density }).then(
      () => 'taken',
      (error: unknown) => (error instanceof LoadError ? error.reason : String(error)),
    );
  t.equal(await rejected('LTO8'), 'incompatible medium');
  t.equal(drive.barcode, undefined);
  t.equal(await rejected('LTO1'), 'taken', 'two generations back, read only');
  t.equal(drive.mounted?.access, 'read-only');
  t.equal(await rejected('LTO3'), 'occupied');
  await drive.remove();
  t.equal(await rejected('LTO2'), 'taken');
  t.equal(drive.mounted?.access, 'read/write');
});

t.test('TapeAlert flags about a cartridge end with the next one', async (t) => {
  const { drive, insert } = await rig(ibmLto3);
  await t.rejects(insert({ density: 'LTO8' }));
  drive.alerts.set('clean periodic');
  t.ok(drive.alerts.isSet('unsupported format'));
  await insert({ density: 'LTO1' });
  t.notOk(drive.alerts.isSet('unsupported format'));
  t.ok(drive.alerts.isSet('read only format'), 'its own');
  t.ok(drive.alerts.isSet('clean periodic'), 'that of the drive');
});

t.test('a cartridge that does not open leaves the drive empty', async (t) => {
  const { drive } = await rig();
  const open = () => Promise.reject(new MediumError('damaged', 'the index is torn'));
  await t.rejects(drive.insert({ barcode: 'E01001L8', open }), /the index is torn/);
  t.equal(drive.barcode, undefined);
});

t.test('a cartridge somebody else has open', async (t) => {
  const { drive, run } = await rig();
  let inUse = true;
  const open = () => {
    if (inUse) throw new MediumError('in use', 'vtltape@12 has it');
    return blank();
  };
  const refusal = await drive.insert({ barcode: 'E01001L8', open }).catch((error) => error);
  t.match(refusal, { reason: 'in use', message: 'vtltape@12 has it' });
  t.equal(drive.barcode, undefined);
  inUse = false;
  await drive.insert({ barcode: 'E01001L8', open });
  await run(testUnitReady);
  await run('1b 00 00 00 00 00');
  inUse = true;
  await run(testUnitReady);
  t.equal(senseOf(await run('1b 00 00 00 01 00')), '2/04/03', 'LOAD: somebody has to see to it');
  t.notOk(drive.alerts.isSet('load failure'), 'nothing is wrong with the cartridge');
});

t.test('a cartridge that opens and cannot be mounted is closed again', async (t) => {
  const { drive } = await rig();
  const volume = blank();
  let closed = false;
  volume.mount = () => {
    throw new MediumError('no space', 'the disk is full');
  };
  volume.close = () => {
    closed = true;
  };
  const refusal = await drive
    .insert({ barcode: 'E01001L8', open: () => volume })
    .catch((error) => error);
  t.match(refusal, { reason: 'unreadable', message: 'the disk is full' });
  t.ok(closed);
  t.equal(drive.barcode, undefined);
});

t.test('reservations', async (t) => {
  const { run, insert } = await rig();
  await insert();
  await run(testUnitReady, { nexus: 1 });
  t.equal((await run('16 00 00 00 00 00')).status, 0);
  t.equal((await run(testUnitReady, { nexus: 1 })).status, 0x18);
  t.equal((await run('12 00 00 00 24 00', { nexus: 1 })).status, 0);
  t.equal((await run('17 00 00 00 00 00', { nexus: 1 })).status, 0, 'no error, no effect');
  t.equal((await run(testUnitReady, { nexus: 1 })).status, 0x18);
  t.equal((await run('57 00 00 00 00 00 00 00 00 00')).status, 0);
  t.equal((await run(testUnitReady, { nexus: 1 })).status, 0);
});

t.test('commands wait for a cartridge on its way, INQUIRY does not', async (t) => {
  const { run, drive, unit } = await rig();
  let arrive = () => {};
  const way = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const order: string[] = [];
  const coming = unit.inOrder(async () => {
    await way;
    order.push('cartridge');
  });
  const ready = run(testUnitReady).then(() => order.push('TEST UNIT READY'));
  await run('12 00 00 00 24 00').then(() => order.push('INQUIRY'));
  arrive();
  await Promise.all([coming, ready]);
  t.same(order, ['INQUIRY', 'cartridge', 'TEST UNIT READY']);
  t.equal(drive.barcode, undefined);
});
