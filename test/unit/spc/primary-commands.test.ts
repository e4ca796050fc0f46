// SPDX-License-Identifier: GPL-2.0-or-later
// Primary commands of every device, byte by byte: what SPC-5 prints in the tables named here.
import t from 'tap';
import { hex, unhex } from '../../../src/bytes/hex.js';
import { ibmLto9 } from '../../../src/personality/lto/ibm-9.js';
import { VolatileState } from '../../../src/spc/environment.js';
import { rig } from '../../support/drive.js';
import { fieldPointerOf, senseOf } from '../../support/initiator.js';

const testUnitReady = '00 00 00 00 00 00';

/** A drive, and a second initiator that has heard of it. */
async function twoInitiators(state = new VolatileState()) {
  const base = await rig(undefined, state);
  await base.run(testUnitReady, { nexus: 1 });
  return {
    ...base,
    data: async (cdb: string, nexus = 0) => hex((await base.run(cdb, { nexus })).dataIn),
    other: async () => senseOf(await base.run(testUnitReady, { nexus: 1 })),
  };
}

t.test('timestamp (tables 57, 258, 314)', async (t) => {
  const { run, data, other, clock } = await twoInitiators();
  const report = 'a3 0f 00 00 00 00 00 00 00 0c 00 00';
  clock.pass(0x1234);
  t.equal(await data(report), '00 0a 00 00 00 00 00 00 12 34 00 00', 'since power on, origin 0');
  const set = 'a4 0f 00 00 00 00 00 00 00 0c 00 00';
  const list = unhex('00 00 00 00 01 9b 7c 5d 3e 1f 00 00');
  t.equal((await run(set, { dataOut: list })).status, 0);
  t.equal(await other(), '6/2a/10');
  clock.pass(0x100);
  t.equal(await data(report), '00 0a 02 00 01 9b 7c 5d 3f 1f 00 00', 'it goes on, origin 2');
  clock.time -= 1e9;
  t.match(await data(report), /3f 1f 00 00$/, 'whatever the clock of the machine is set to');
  const short = 'a4 0f 00 00 00 00 00 00 00 0b 00 00';
  t.equal(senseOf(await run(short, { dataOut: list })), '5/1a/00');
  t.equal((await run('a4 0f 00 00 00 00 00 00 00 00 00 00')).status, 0, 'no list is no error');
});

t.test('identifying information (tables 225 to 227, 303)', async (t) => {
  const state = new VolatileState();
  const { run, data, other } = await twoInitiators(state);
  const report = (type: string) => `a3 05 00 00 00 00 00 00 ff ff ${type} 00`;
  t.equal(await data(report('00')), '00 00 00 00');
  t.equal(await data(report('fe')), '00 00 00 08 00 00 00 40 04 00 01 00', 'types there are');
  const dataOut = unhex('74 61 70 65');
  const set = (type: string, length: string) => `a4 06 00 00 00 00 00 00 ${length} ${type} 00`;
  t.equal((await run(set('04', '00 04'), { dataOut })).status, 0);
  t.equal(await other(), '6/3f/05');
  t.equal(await data(report('04')), '00 00 00 04 74 61 70 65');
  const restarted = await twoInitiators(state);
  t.equal(await restarted.data(report('04')), '00 00 00 04 74 61 70 65', 'kept');
  t.equal((await run(set('04', '00 00'))).status, 0);
  t.equal(await data(report('04')), '00 00 00 00', 'no bytes delete it');
  const long = await run(set('00', '00 41'), { dataOut: new Uint8Array(65) });
  t.equal(fieldPointerOf(long), 'cdb 6');
  t.equal(fieldPointerOf(await run(set('06', '00 00'))), 'cdb 10.7');
});

t.test('task management functions (tables 247, 248)', async (t) => {
  const { data } = await twoInitiators();
  t.equal(await data('a3 0d 00 00 00 00 00 00 00 04 00 00'), 'da 01 00 00');
  const extended = await data('a3 0d 80 00 00 00 00 00 00 10 00 00');
  t.equal(extended, 'da 01 00 0c 00 00 00 00 00 00 00 00 00 00 00 00');
});

t.test('target port groups (tables 249 to 251)', async (t) => {
  const { data } = await twoInitiators();
  const group = '00 01 00 01 00 00 00 01 00 00 00 01';
  t.equal(await data('a3 0a 00 00 00 00 00 00 ff ff 00 00'), `00 00 00 0c ${group}`);
  t.equal(await data('a3 2a 00 00 00 00 00 00 ff ff 00 00'), `00 00 00 10 10 00 00 00 ${group}`);
});

t.test('diagnostics (tables 296 to 298)', async (t) => {
  const { run, data } = await twoInitiators();
  t.equal((await run('1d 04 00 00 00 00')).status, 0, 'default self-test');
  for (const code of ['20', '40', 'a0', 'c0'])
    t.equal((await run(`1d ${code} 00 00 00 00`)).status, 0, `self-test code ${code}`);
  t.equal(fieldPointerOf(await run('1d 80 00 00 00 00')), 'cdb 1.7', 'nothing to abort');
  t.equal(fieldPointerOf(await run('1d 24 00 00 00 00')), 'cdb 1.7', 'two kinds of test at once');
  const page = { dataOut: unhex('00 00 00 00') };
  t.equal((await run('1d 10 00 00 04 00', page)).status, 0, 'the list of pages is asked for');
  t.equal(await data('1c 00 00 00 ff 00'), '00 00 00 01 00');
  t.equal(await data('1c 01 00 00 ff 00'), '00 00 00 01 00', 'PCV');
  t.equal(fieldPointerOf(await run('1c 01 3f 00 ff 00')), 'cdb 2');
  const unknown = await run('1d 10 00 00 04 00', { dataOut: unhex('3f 00 00 00') });
  t.equal(fieldPointerOf(unknown), 'data 0');
});

t.test('buffers (tables 184 to 189, 316)', async (t) => {
  const { run, data, other } = await twoInitiators();
  t.equal(await data('3c 03 00 00 00 00 00 00 04 00'), '00 01 00 00', '64 KiB, any offset');
  t.equal(await data('3c 03 07 00 00 00 00 00 04 00'), '00 00 00 00', 'no such buffer');
  t.equal((await run('3c 02 07 00 00 00 00 00 10 00')).status, 0, 'and reading it is no error');
  const write = await run('3b 02 00 00 00 10 00 00 03 00', { dataOut: unhex('61 62 63') });
  t.equal(write.status, 0);
  t.equal(await data('3c 02 00 00 00 0f 00 00 05 00'), '00 61 62 63 00');
  t.equal((await data('3c 00 00 00 00 00 00 00 08 00')).slice(0, 11), '00 01 00 00');
  const past = await run('3b 02 00 00 ff ff 00 00 02 00', { dataOut: unhex('00 00') });
  t.equal(fieldPointerOf(past), 'cdb 6');
  t.equal(fieldPointerOf(await run('3c 02 00 01 00 01 00 00 01 00')), 'cdb 3');

  t.equal(await data('3c 0b 00 00 00 00 00 00 04 00'), '00 00 00 fc');
  t.equal(senseOf(await run('3c 0a 00 00 00 00 00 00 04 00')), '5/2c/00', 'nothing to echo');
  await run('3b 0a 00 00 00 00 00 00 02 00', { dataOut: unhex('12 34') });
  await run('3b 0a 00 00 00 00 00 00 02 00', { dataOut: unhex('56 78'), nexus: 1 });
  t.equal(await data('3c 0a 00 00 00 00 00 00 04 00'), '12 34', 'each nexus hears itself');

  t.equal((await run('3b 05 00 00 00 00 00 00 02 00', { dataOut: unhex('00 00') })).status, 0);
  t.equal(await other(), '6/3f/01', 'microcode has been changed, others hear');
  t.equal(fieldPointerOf(await run('3b 1f 00 00 00 00 00 00 00 00')), 'cdb 1.4');
});

t.test('LOG SENSE and LOG SELECT point at the page, or at the subpage', async (t) => {
  const { run } = await rig();
  t.equal(fieldPointerOf(await run('4d 00 7f 00 00 00 00 00 ff 00')), 'cdb 2.5');
  t.equal(fieldPointerOf(await run('4d 00 42 01 00 00 00 00 ff 00')), 'cdb 3');
  t.equal(fieldPointerOf(await run('4c 02 ff 00 00 00 00 00 00 00')), 'cdb 2.5');
  t.equal(fieldPointerOf(await run('4c 02 c2 01 00 00 00 00 00 00')), 'cdb 3');
});

t.test('REPORT DENSITY SUPPORT is answered although another initiator has reserved', async (t) => {
  const { run } = await rig();
  await run('00 00 00 00 00 00', { nexus: 1 });
  await run('16 00 00 00 00 00');
  t.equal((await run('44 00 00 00 00 00 00 00 ff 00', { nexus: 1 })).status, 0);
});

t.test('a reset forgets what initiators left for themselves', async (t) => {
  const { run, unit, insert, write } = await rig(ibmLto9);
  await insert({ density: 'LTO9' });
  await write(4);
  const echo = () => run('3c 0a 00 00 00 00 00 00 04 00');
  const order = async () => (await run('a3 1d 00 00 00 00 00 00 00 ff 00 00')).dataIn[1];
  const leave = async () => {
    await run('3b 0a 00 00 00 00 00 00 04 00', { dataOut: unhex('01 02 03 04') });
    const segment = `00 1e ${'00 '.repeat(30)}`;
    await run('a4 1d 02 00 00 00 00 00 00 28 00 00', {
      dataOut: unhex(`00 00 00 00 00 00 00 20 ${segment}`),
    });
  };
  await leave();
  t.equal((await echo()).status, 0);
  t.equal(await order(), 2, 'there is an order of access');
  unit.manage({ function: 'LOGICAL UNIT RESET', nexus: 0 });
  await run('00 00 00 00 00 00');
  t.equal(senseOf(await echo()), '5/2c/00');
  t.equal(await order(), 0);
  await leave();
  unit.manage({ function: 'I_T NEXUS RESET', nexus: 0 });
  await run('00 00 00 00 00 00');
  t.equal(senseOf(await echo()), '5/2c/00');
  t.equal(await order(), 0);
});
