// SPDX-License-Identifier: GPL-2.0-or-later
// Which unit attention a nexus hears, and when (SAM-6 5.14).
import t from 'tap';
import { unhex } from '../../../src/bytes/hex.js';
import { UnitAttentions } from '../../../src/sam/unit-attention.js';
import { rig } from '../../support/drive.js';
import { senseOf } from '../../support/initiator.js';

const testUnitReady = '00 00 00 00 00 00';

t.test('order and weight', async (t) => {
  const attentions = new UnitAttentions();
  const drain = () => {
    const all: string[] = [];
    for (let each = attentions.take(1); each; each = attentions.take(1)) all.push(each.additional);
    return all;
  };
  t.same(drain(), ['POWER ON OCCURRED'], 'who never spoke');
  attentions.raise('MODE PARAMETERS CHANGED');
  attentions.raise('LOG PARAMETERS CHANGED');
  attentions.raise('MODE PARAMETERS CHANGED');
  t.same(drain(), ['MODE PARAMETERS CHANGED', 'LOG PARAMETERS CHANGED'], 'each waits once');
  attentions.raise('MODE PARAMETERS CHANGED');
  attentions.raise('BUS DEVICE RESET FUNCTION OCCURRED');
  attentions.raise('TIMESTAMP CHANGED');
  t.same(
    drain(),
    ['BUS DEVICE RESET FUNCTION OCCURRED', 'TIMESTAMP CHANGED'],
    'a reset makes what waits pointless, not what comes',
  );
  attentions.raise('POWER ON OCCURRED');
  attentions.raise('BUS DEVICE RESET FUNCTION OCCURRED');
  t.same(drain(), ['POWER ON OCCURRED'], 'a weightier one stays');
  attentions.raise('MODE PARAMETERS CHANGED', 1);
  t.same(drain(), [], 'not for who caused it');
});

t.test('who passes, and who takes it', async (t) => {
  const { run, drive, insert } = await rig();
  await insert();
  drive.attentions.raise('INQUIRY DATA HAS CHANGED');
  t.equal((await run('12 00 00 00 24 00')).status, 0, 'INQUIRY passes');
  t.equal((await run('03 00 00 00 12 00')).dataIn[12], 0x3f, 'REQUEST SENSE takes it, as data');
  t.equal((await run(testUnitReady)).status, 0);
  drive.attentions.raise('INQUIRY DATA HAS CHANGED');
  t.equal(senseOf(await run('00 ff 00 00 00 00')), '6/3f/03', 'before the fields of the CDB');
  t.equal(senseOf(await run('00 ff 00 00 00 00')), '5/24/00');
});

t.test('resets', async (t) => {
  const { run, unit, drive } = await rig();
  await run(testUnitReady, { nexus: 1 });
  await run('16 00 00 00 00 00');
  unit.manage({ function: 'LOGICAL UNIT RESET', nexus: 1 });
  for (const nexus of [0, 1]) t.equal(senseOf(await run(testUnitReady, { nexus })), '6/29/03');
  t.equal(drive.reservedBy, undefined);
  await run('16 00 00 00 00 00');
  unit.manage({ function: 'I_T NEXUS RESET', nexus: 0 });
  t.equal(drive.reservedBy, undefined, 'a port that is gone reserves nothing');
  t.equal(senseOf(await run(testUnitReady)), '6/29/07');
  t.equal(senseOf(await run(testUnitReady, { nexus: 1 })), '2/3a/00');
});

t.test('a deferred error ends the next command, not INQUIRY', async (t) => {
  const { run, drive, insert } = await rig();
  await insert();
  const error = {
    key: 'MEDIUM ERROR',
    additional: 'WRITE ERROR',
    deferred: true,
    information: 2,
  } as const;
  let waiting: typeof error | undefined;
  drive.takeDeferredError = () => {
    const taken = waiting;
    waiting = undefined;
    return taken;
  };
  waiting = error;
  t.equal((await run('12 00 00 00 24 00')).status, 0);
  const reply = await run('0a 00 00 00 04 00', { dataOut: unhex('01 02 03 04') });
  t.equal(senseOf(reply), '3/0c/00');
  t.equal(reply.sense[0], 0xf1, 'VALID, fixed format, deferred');
  t.equal(drive.mounted?.position, 0, 'the command was not run');
  waiting = error;
  const sense = (await run('03 01 00 00 40 00')).dataIn;
  t.equal(sense[0], 0x73, 'REQUEST SENSE takes it; descriptor format, deferred');
  t.equal((await run(testUnitReady)).status, 0);
});

t.test(
  'a reset is told before RESERVATION CONFLICT, everything else after it (SAM-6 5.3.3)',
  async (t) => {
    const { run, unit, drive } = await rig();
    const testUnitReady = '00 00 00 00 00 00';
    const conflict = 0x18;
    await run('16 00 00 00 00 00');
    t.equal(senseOf(await run(testUnitReady, { nexus: 1 })), '6/29/01', 'power on, the first time');
    t.equal((await run(testUnitReady, { nexus: 1 })).status, conflict);
    drive.attentions.raise('MODE PARAMETERS CHANGED', 0);
    t.equal((await run(testUnitReady, { nexus: 1 })).status, conflict, 'the news wait');
    unit.manage({ function: 'LOGICAL UNIT RESET', nexus: 1 });
    await run(testUnitReady);
    await run('16 00 00 00 00 00');
    t.equal(senseOf(await run(testUnitReady, { nexus: 1 })), '6/29/03', 'the reset');
    t.equal((await run(testUnitReady, { nexus: 1 })).status, conflict);
  },
);
