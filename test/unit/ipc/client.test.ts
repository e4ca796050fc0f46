// SPDX-License-Identifier: GPL-2.0-or-later
// Asking daemons over a real System V queue: living, dead, of mhvtl 1.8, and a queue full of rubbish.
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { Administration, Refused } from '../../../src/daemon/administration.js';
import type { Log } from '../../../src/daemon/log.js';
import { Client, type ClientPatience, NoDaemon, NoQueue } from '../../../src/ipc/client.js';
import { Mailbox } from '../../../src/ipc/mailbox.js';
import { queue } from '../../ipc/queue.js';

const unit = 11;
const everybody = 32768;
const patience: ClientPatience = { read: 700, own: 200, answer: 900 };
const ignore = (): void => {};
const log: Log = { error: ignore, warning: ignore, notice: ignore, info: ignore, debug: ignore };

t.teardown(() => queue.cleanUp());

const client = (t: Test, pid = process.pid): Client => {
  const made = new Client({ key: queue.key, pid, patience });
  t.teardown(() => made.close());
  return made;
};

/** A daemon in this process that only knows `status`, `unload` and `dump`. */
function daemon(t: Test, work: (text: string) => string | Promise<string>): Mailbox {
  const handlers = new Proxy({}, { get: (_, word: string) => () => work(word) });
  const administration = new Administration('drive', handlers as never, log);
  const mailbox = new Mailbox({
    address: unit,
    key: queue.key,
    onMessage: (message) => administration.receive(message),
    log: ignore,
  });
  mailbox.start();
  t.teardown(() => mailbox.close());
  return mailbox;
}

t.test('without a queue it says so at once', async (t) => {
  t.throws(() => new Client({ key: queue.key }), NoQueue);
});

t.test('a daemon answers whether it worked', async (t) => {
  daemon(t, (word) => {
    if (word === 'unload') throw new Refused('RemovalPrevented', 'somebody holds it');
    return `${word}!`;
  });
  const asking = client(t);
  t.same(await asking.ask(unit, 'status '), { kind: 'done', text: 'status!' });
  t.same(await asking.ask(unit, 'unload '), { kind: 'refused', text: 'somebody holds it' });
  t.equal(queue.waiting(), 0);
});

t.test('answers of one process never reach another', async (t) => {
  let turn = 0;
  daemon(t, async () => {
    turn += 1;
    const mine = turn;
    await new Promise((resolve) => setTimeout(resolve, mine % 2 === 0 ? 5 : 60));
    return `answer ${mine}`;
  });
  const first = client(t, 1001);
  const second = client(t, 1002);
  for (let round = 0; round < 5; round++) {
    const [a, b] = await Promise.all([first.ask(unit, 'status'), second.ask(unit, 'status')]);
    t.same(
      [a, b].map((each) => (each as { text: string }).text),
      [`answer ${2 * round + 1}`, `answer ${2 * round + 2}`],
    );
  }
});

t.test('stale answers are not taken for new ones', async (t) => {
  daemon(t, () => 'fresh');
  queue.send(32768 + 77, unit, 'done stale');
  queue.send(everybody, unit, 'Contents: stale');
  t.same(await client(t, 77).ask(unit, 'status'), { kind: 'done', text: 'fresh' });
  t.equal(queue.receive(everybody), '32 11 Contents: stale', 'what is for others stays');
});

t.test('a daemon that needs long is waited for', async (t) => {
  daemon(t, async () => {
    await new Promise((resolve) => setTimeout(resolve, 2500));
    return 'at last';
  });
  const asking = new Client({ key: queue.key, patience: { ...patience, answer: 1500 } });
  t.teardown(() => asking.close());
  t.same(await asking.ask(unit, 'unload'), { kind: 'done', text: 'at last' });
});

t.test('nobody there: said in time, and the question is taken back', async (t) => {
  queue.send(unit, everybody, 'exit ');
  const started = Date.now();
  await t.rejects(client(t).ask(unit, 'load E01001L8 '), NoDaemon);
  t.ok(Date.now() - started < 2000);
  t.match(queue.receive(unit), /exit /, 'what others said to it is still there');
  t.equal(queue.waiting(), 0);
});

t.test('a daemon of mhvtl 1.8 answers to everybody', async (t) => {
  const peer = queue.answer(unit, { 'status ': '-' });
  t.same(await client(t).ask(unit, 'status '), { kind: 'silent' }, 'it says nothing');
  queue.send(everybody, unit, 'Contents: stale');
  const asked = client(t, 4242).ask(unit, 'status ');
  setTimeout(() => queue.send(everybody, unit, 'OK'), 500);
  t.same(await asked, { kind: 'done', text: 'OK' }, 'an older answer is not its');
  queue.send(unit, everybody, 'exit');
  await new Promise((resolve) => peer.once('exit', resolve));
});

t.test('rubbish in the queue stops nobody', async (t) => {
  daemon(t, () => 'here');
  queue.send(unit, everybody, 'x'.repeat(3000), 3000);
  queue.send(unit, everybody, '', 3);
  queue.send(unit, -5, 'status');
  queue.send(unit, 2 ** 40, 'status');
  queue.send(4000, 5000, 'for nobody');
  for (let i = 0; i < 200; i++) queue.send(unit, 900 + i, `nonsense ${i}`);
  t.same(await client(t).ask(unit, 'status'), { kind: 'done', text: 'here' });
  queue.receive(4000);
});

t.test(
  'a flood, and a queue that is removed under way: the daemon and the next question go on',
  async (t) => {
    daemon(t, () => 'here');
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 60; i++) queue.send(unit, 900 + i, `nonsense ${i}`);
      t.same(await client(t, 5000 + round).ask(unit, 'status '), { kind: 'done', text: 'here' });
      queue.remove();
      for (let turns = 0; turns < 200 && !queue.exists(); turns++) await sleep(10);
    }
    t.same(await client(t, 6000).ask(unit, 'status '), { kind: 'done', text: 'here' });
  },
);
