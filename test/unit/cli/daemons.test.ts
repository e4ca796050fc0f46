// SPDX-License-Identifier: GPL-2.0-or-later
// One drive asked over a real bus and over a real message queue: the same answers, the same failures.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { type Daemons, daemonsByQueue, told } from '../../../src/cli/vtlcmd/daemons.js';
import { daemonsByBus } from '../../../src/cli/vtlcmd/daemons-by-bus.js';
import { Failure } from '../../../src/cli/vtlcmd/failure.js';
import { allLines } from '../../../src/cli/vtlcmd/pages.js';
import { withoutRecord } from '../../../src/config/edit-text.js';
import { driveOnBus } from '../../../src/daemon/drive-bus.js';
import { Mailbox } from '../../../src/ipc/mailbox.js';
import { bus } from '../../dbus/bus.js';
import { drive11 } from '../../dbus/drive.js';
import { queue } from '../../ipc/queue.js';
import { installation } from '../../support/vtlcmd.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
t.setTimeout(110_000);
const never: Daemons = {
  ask: () => Promise.reject(new Error('asked another way')),
  close: () => {},
};

t.teardown(async () => {
  queue.cleanUp();
  await bus.cleanUp();
});

/** Drive 11 on the bus and at the queue. */
async function daemon(t: Test) {
  const made = await drive11(() => exported.check());
  const exported = driveOnBus(made.parts, made.administration, bus.address);
  const mailbox = new Mailbox({
    address: 11,
    key: queue.key,
    onMessage: (message) => made.administration.receive(message),
    log: () => {},
  });
  mailbox.start();
  t.teardown(() => {
    exported.close();
    mailbox.close();
  });
  for (let turns = 0; turns < 100; turns++) {
    if ((await bus.ctl('list', '--acquired', '--no-legend')).includes('Drive11')) break;
    await sleep(30);
  }
  return made;
}

/** What comes of a question, whatever it is. */
const outcomeOf = (daemons: Daemons, text: string): Promise<unknown> =>
  daemons.ask(11, text).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    return { failure: error.message, status: error.status };
  });

t.test('both ways say the same', async (t) => {
  await bus.start();
  t.teardown(() => bus.stop());
  await daemon(t);
  const byBus = daemonsByBus(never, { address: bus.address });
  const byQueue = daemonsByQueue(queue.key);
  t.teardown(() => {
    byBus.close();
    byQueue.close();
  });
  const sentences = [
    'log ',
    'log 3 ',
    'load X01001L8 ',
    'load E01001L8 ',
    'load E01002L8 ',
    'status ',
    'compression zstd ',
    'compression brotli ',
    'delay rewind 99 ',
    'faults add medium-error --block 5 ',
    'faults add quake ',
    'faults ',
    'faults remove all ',
    'faults remove 7 ',
    'open map ',
    'nonsense ',
    'unload ',
  ];
  for (const sentence of sentences) {
    const over = [await outcomeOf(byQueue, sentence)];
    // What changed the drive is put back as it was, so that the second one finds what the first one found.
    if (sentence.startsWith('load E01001L8')) await byQueue.ask(11, 'unload ');
    if (sentence === 'unload ') await byQueue.ask(11, 'load E01001L8 ');
    if (sentence.startsWith('faults add m')) await byQueue.ask(11, 'faults remove all ');
    over.push(await outcomeOf(byBus, sentence));
    if (sentence.startsWith('faults add m'))
      t.same(over, [
        { kind: 'done', text: 'fault 1' },
        { kind: 'done', text: 'fault 2' },
      ]);
    else t.same(over[1], over[0], sentence);
  }
});

t.test('a unit that is not on the bus, and no bus at all: the queue is asked', async (t) => {
  const otherwise: Daemons = {
    ask: async (unit) => ({ kind: 'done', text: `unit ${unit} by queue` }),
    close: () => {},
  };
  const without = daemonsByBus(otherwise, { address: bus.address });
  t.same(await without.ask(11, 'status '), { kind: 'done', text: 'unit 11 by queue' });
  without.close();
  await bus.start();
  t.teardown(() => bus.stop());
  const nobody = daemonsByBus(otherwise, { address: bus.address });
  t.same(await nobody.ask(12, 'status '), { kind: 'done', text: 'unit 12 by queue' });
  nobody.close();
});

t.test('a daemon that hangs is reported, and is told nothing; so is one that dies', async (t) => {
  await bus.start();
  t.teardown(() => bus.stop());
  const program = `
    const dbus = require('dbus-next');
    const bus = dbus.sessionBus({ busAddress: '${bus.address}', authMethods: ['EXTERNAL'] });
    bus.requestName('org.mhvtl.Drive11', 0).then(() => console.log('ready'));
    bus.addMethodHandler((message) => {
      console.log(message.member);
      if (message.member === 'Ping' && process.argv[1] !== 'hangs')
        bus.send(dbus.Message.newMethodReturn(message, '', []));
      if (message.member === 'Command') process.exit(1);
      return true;
    });`;
  const words: Record<string, string> = {};
  for (const [how, text] of [
    ['hangs', 'unit 11 does not read its messages: is its daemon running?'],
    ['dies', 'unit 11 has stopped answering: its daemon died or hangs'],
  ] as const) {
    const other = spawn(process.execPath, ['-e', program, how], { cwd: root });
    t.teardown(() => void other.kill());
    words[how] = '';
    other.stdout.on('data', (chunk) => {
      words[how] += String(chunk);
    });
    while (!words[how]!.includes('ready')) await sleep(10);
    const daemons = daemonsByBus(never, {
      address: bus.address,
      patience: { alive: 500, look: 100 },
    });
    t.match(await outcomeOf(daemons, 'unload '), { failure: text, status: 3 });
    daemons.close();
    other.kill();
    await new Promise((resolve) =>
      other.exitCode === null ? other.once('exit', resolve) : resolve(0),
    );
  }
  t.notMatch(words['hangs'], /Command/);
});

t.test('vtlcmd itself', async (t) => {
  await bus.start();
  t.teardown(() => bus.stop());
  const { drive, isStopped } = await daemon(t);
  const { run } = installation(t, bus.address);
  t.same(await run('11 load E01001L8'), { stdout: 'OK\n', stderr: '', status: 0 });
  t.equal(drive.barcode, 'E01001L8');
  const refused = await run('11 load E01002L8');
  t.match(refused.stderr, /load E01002L8 failed: /);
  t.equal(refused.status, 2);
  t.match((await run('status')).stdout, /^ +11 +drive 1 +IBM ULT3580-TD8 +loaded +E01001L8/m);
  t.match((await run('--queue 11 status')).stderr, /MessageQueue not available|is its daemon/);
  t.equal((await run('11 exit')).status, 0);
  t.ok(isStopped());
});

t.test('a queue that is full is told as such', async (t) => {
  const before = new Mailbox({ address: 11, key: queue.key, onMessage: () => {}, log: () => {} });
  t.teardown(() => before.close());
  for (const text of ['x'.repeat(1000), 'x'])
    t.throws(
      () => {
        for (;;) before.send(4000, text);
      },
      { message: /the message queue is full/ },
    );
  const daemons = daemonsByQueue(queue.key);
  t.match(await outcomeOf(daemons, 'status '), {
    failure: /MessageQueue not available\nIt is full: .* ipcrm -Q 0x4d61726b$/,
    status: 3,
  });
  daemons.close();
});

t.test('a dead drive keeps no other from a fault', async (t) => {
  await bus.start();
  t.teardown(() => bus.stop());
  const { parts } = await daemon(t);
  const { run, file, directory } = installation(t, bus.address);
  // Of drives 11 and 12 one answers.
  const others = [13, 14, 31, 32, 33, 34];
  const conf = others.reduce(withoutRecord, file('device.conf')).replace('Drive: 11 ', 'Drive: 9 ');
  writeFileSync(join(directory, 'device.conf'), conf.replace('Drive: 12 ', 'Drive: 11 '));
  const { stderr, status } = await run('faults add E01001L8 medium-error --block 3');
  t.match(stderr, /^9: [\s\S]*^11: fault 1$/m);
  t.equal(status, 3);
  t.equal(parts.faults.size, 1);
});

t.test('a daemon of mhvtl 1.8 says something else, or nothing', async (t) => {
  const old = (text: string): Daemons => ({
    ask: async () => ({ kind: 'done', text }),
    close: () => {},
  });
  t.same(await allLines(old('OK'), 11, 'trace', 0), ['OK'], 'and is not asked for ever');
  await t.rejects(told(old(''), 11, 'status'), {
    message: 'Unit 11 does not tell its status: is its daemon of mhvtl 1.8?',
  });
});
