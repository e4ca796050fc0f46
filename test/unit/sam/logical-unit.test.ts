// SPDX-License-Identifier: GPL-2.0-or-later
// The order of tasks, and their abortion (SAM-6 5.2, 7), on a drive whose commands take their time.
import t from 'tap';
import { unhex } from '../../../src/bytes/hex.js';
import { bits } from '../../../src/bytes/layout.js';
import { ibmLto8 } from '../../../src/personality/lto/ibm-8.js';
import { command } from '../../../src/sam/command.js';
import { good } from '../../../src/sam/reply.js';
import type { TaskAttribute } from '../../../src/sam/task.js';
import type { TapeDrive } from '../../../src/ssc/tape-drive.js';
import { rig } from '../../support/drive.js';
import { senseOf } from '../../support/initiator.js';

const aborted = 0x40;

/** A unit with one more command, which runs until it is let go or aborted. */
async function slow() {
  const started: number[] = [];
  const release: (() => void)[] = [];
  const wait = command<TapeDrive>()({
    name: 'WAIT',
    ref: 'vendor specific',
    opcode: 0xc0,
    size: 6,
    cdb: { number: bits(1, 7, 8) },
    execute: (drive, { number }) =>
      new Promise((resolve) => {
        started.push(number);
        release.push(() => resolve(good()));
        drive.interrupt = () => {
          resolve(good());
          return () => {};
        };
      }),
  });
  const base = await rig({ ...ibmLto8, commands: [...ibmLto8.commands, wait] });
  let id = 1000n;
  const send = (number: number, attribute: TaskAttribute = 'SIMPLE', nexus = 0) =>
    base.unit.run({
      id: ++id,
      nexus,
      attribute,
      cdb: unhex(`c0 0${number} 00 00 00 00`),
      dataOut: new Uint8Array(0),
      dataInRoom: 0,
    }) as Promise<{ status: number }>;
  return { ...base, started, release, send };
}

const turn = () => new Promise(setImmediate);

t.test('in the order of arrival, HEAD OF QUEUE before those that wait', async (t) => {
  const { started, release, send } = await slow();
  const all = [send(1), send(2), send(3, 'HEAD OF QUEUE'), send(4, 'ORDERED')];
  const ended: number[] = [];
  all.forEach((each, i) => void each.then(() => ended.push(i + 1)));
  for (let i = 0; i < all.length; i++) {
    await turn();
    release[i]!();
  }
  await Promise.all(all);
  t.same(started, [1, 3, 2, 4]);
  t.same(ended, [1, 3, 2, 4], 'they end in that order too');
});

t.test('ABORT TASK SET and CLEAR TASK SET', async (t) => {
  const { started, unit, send, run } = await slow();
  await run('00 00 00 00 00 00', { nexus: 1 });
  const [running, waiting, other] = [send(1), send(2), send(3, 'SIMPLE', 1)];
  unit.manage({ function: 'ABORT TASK SET', nexus: 0 });
  t.equal((await running).status, aborted, 'one that runs ends early');
  t.equal((await waiting).status, aborted);
  await turn();
  t.same(started, [1, 3], 'one that waits never starts; that of another nexus does');
  unit.manage({ function: 'CLEAR TASK SET', nexus: 0 });
  t.equal((await other).status, aborted);
  t.equal(senseOf(await run('00 00 00 00 00 00', { nexus: 1 })), '6/2f/00');
  t.equal(senseOf(await run('00 00 00 00 00 00')), '2/3a/00', 'not who asked for it');
});

t.test('LOGICAL UNIT RESET ends what takes long', async (t) => {
  const { unit, send, run } = await slow();
  const running = send(1);
  unit.manage({ function: 'LOGICAL UNIT RESET', nexus: 0 });
  t.equal((await running).status, aborted);
  t.equal(senseOf(await run('00 00 00 00 00 00')), '6/29/03');
});

t.test('TASK SET FULL', async (t) => {
  const { unit, send } = await slow();
  const all = Array.from({ length: 1024 }, () => send(1));
  t.equal((await send(1)).status, 0x28);
  unit.manage({ function: 'CLEAR TASK SET', nexus: 0 });
  await Promise.all(all);
});

t.test('NACA is refused where it is', async (t) => {
  const { run } = await rig();
  const reply = await run('00 00 00 00 00 04');
  t.equal(senseOf(reply), '5/24/00');
  t.same([...reply.sense.subarray(15, 18)], [0xca, 0, 5], 'control byte, bit 2');
});
