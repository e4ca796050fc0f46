// SPDX-License-Identifier: GPL-2.0-or-later
// The mailbox over a real System V queue, with other processes at its other end.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import {
  type Incoming,
  Mailbox,
  ReplyTimeout,
  type RequestOptions,
} from '../../../src/ipc/mailbox.js';
import { VTLCMD_ADDRESS } from '../../../src/ipc/message.js';
import { queue } from '../../ipc/queue.js';

const library = 10;
const drive = 11;

interface Box {
  readonly mailbox: Mailbox;
  readonly messages: Incoming[];
  readonly log: string[];
}

/** A library's mailbox, closed at the end of the test. */
function open(t: Test, keep?: Parameters<Mailbox['start']>[0]): Box {
  const messages: Incoming[] = [];
  const log: string[] = [];
  const mailbox = new Mailbox({
    address: library,
    key: queue.key,
    onMessage: (message) => messages.push(message),
    log: (line) => log.push(line),
  });
  mailbox.start(keep);
  t.teardown(() => mailbox.close());
  return { mailbox, messages, log };
}

/** Accepts one text. */
const only = (reply: string, timeoutMs = 5000): RequestOptions => ({
  timeoutMs,
  accept: (candidate) => candidate === reply,
});

/** Waits for something another process brings about. */
async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; !condition(); turns++) {
    if (turns > 500) throw new Error('it did not come about in five seconds');
    await sleep(10);
  }
}

const texts = (messages: readonly Incoming[]): string[] => messages.map(({ text }) => text);

t.teardown(() => queue.cleanUp());

t.test('what it sends is what other programs read', async (t) => {
  const { mailbox } = open(t);
  mailbox.send(drive, 'Register');
  t.equal(queue.receive(drive), '25 10 Register');
});

t.test('a question is answered; other messages are not swallowed', async (t) => {
  const { mailbox, messages } = open(t);
  const peer = queue.answer(drive, { mount_state: 'occupied' }, 200);
  const asked = mailbox.request(drive, 'mount_state', only('occupied'));
  queue.send(library, VTLCMD_ADDRESS, 'exit ');
  queue.send(library, drive, 'eject');
  queue.send(library, 12, 'occupied');
  t.equal(await asked, 'occupied');
  t.same(
    messages.map(({ sender, text }) => [sender, text]),
    [
      [VTLCMD_ADDRESS, 'exit '],
      [drive, 'eject'],
      [12, 'occupied'],
    ],
  );
  mailbox.send(drive, 'exit');
  await once(peer, 'exit');
});

t.test('vtlcmd gets its answer', async (t) => {
  const { messages } = open(t);
  queue.send(library, VTLCMD_ADDRESS, 'list map ', 18);
  await until(() => messages.length === 1);
  messages[0]!.reply('Contents: ');
  t.equal(queue.receive(VTLCMD_ADDRESS), '27 10 Contents: ');
});

t.test(
  'whoever has gone does not fill the queue with what it was told again and again',
  async (t) => {
    const { messages } = open(t);
    const gone = VTLCMD_ADDRESS + 77;
    queue.send(library, gone, 'status ');
    await until(() => messages.length === 1);
    queue.send(gone, drive, 'done of another');
    for (let i = 0; i < 1000; i++) messages[0]!.repeat('working');
    t.equal(queue.waiting(), 2);
    t.equal(queue.receive(gone), '32 11 done of another');
    t.equal(queue.receive(gone), '24 10 working');
  },
);

t.test('a unit is asked one question at a time', async (t) => {
  const { mailbox } = open(t);
  const peer = queue.answer(drive, { mount_state: 'occupied' }, 100);
  const first = mailbox.request(drive, 'mount_state', only('occupied'));
  await t.rejects(mailbox.request(drive, 'set_empty', only('Unloaded OK')), /has not answered/);
  t.equal(await first, 'occupied');
  t.equal(await mailbox.request(drive, 'mount_state', only('occupied')), 'occupied');
  mailbox.send(drive, 'exit');
  await once(peer, 'exit');
});

t.test('a question nobody reads is taken back, and nothing else', async (t) => {
  const { mailbox } = open(t);
  queue.send(drive, VTLCMD_ADDRESS, 'verbose ');
  const asked = mailbox.request(drive, 'lload A', only('Loaded OK: A', 100));
  queue.send(drive, VTLCMD_ADDRESS, 'debug ');
  await t.rejects(asked, new ReplyTimeout(drive, 'lload A', 100, true));
  t.equal(queue.receive(drive), '25 32768 verbose ');
  t.equal(queue.receive(drive), '23 32768 debug ');
  t.equal(queue.waiting(), 0);
});

t.test('a late answer is a message, and does not answer the next question', async (t) => {
  const { mailbox, messages } = open(t);
  const peer = queue.answer(drive, { 'lload A': 'Loaded OK: A', mount_state: 'occupied' }, 300);
  await t.rejects(mailbox.request(drive, 'lload A', only('Loaded OK: A', 100)), {
    name: 'ReplyTimeout',
    withdrawn: false,
  });
  t.equal(await mailbox.request(drive, 'mount_state', only('occupied')), 'occupied');
  t.same(texts(messages), ['Loaded OK: A']);
  mailbox.send(drive, 'exit');
  await once(peer, 'exit');
});

t.test('messages of an earlier life are dropped, but for those worth keeping', async (t) => {
  queue.send(library, VTLCMD_ADDRESS, 'exit ');
  queue.send(library, drive, 'Register');
  queue.send(library, drive, '', 4);
  const { messages, log } = open(t, ({ text }) => text === 'Register');
  t.same(texts(messages), ['Register']);
  t.match(log, [/"exit " of 32768/, /without a sender/]);
});

t.test('hostile messages are dropped and told, and block nothing', async (t) => {
  const { messages, log } = open(t);
  queue.send(library, drive, 'x', 2000);
  queue.send(library, drive, '', 3);
  queue.send(library, -1, 'eject');
  queue.send(library, drive, 'eject');
  await until(() => messages.length === 1);
  t.same(texts(messages), ['eject']);
  t.match(log, [/more than 1040 bytes/, /3 bytes long/, /without a sender/]);
});

t.test('a full queue is an error, not a wait', async (t) => {
  const { mailbox } = open(t);
  const fill = (): void => {
    for (let i = 0; i < 1000; i++) mailbox.send(99, 'mount_state');
  };
  t.throws(fill, /the message queue is full: .*ipcs -q/);
  await t.rejects(mailbox.request(drive, 'mount_state', only('occupied')), /queue is full/);
  queue.remove();
});

t.test('a queue that was removed is made anew', async (t) => {
  const { mailbox, messages, log } = open(t);
  queue.remove();
  await until(() => log.length === 1);
  t.match(log[0], /removed by another program/);
  queue.send(library, drive, 'eject');
  await until(() => messages.length === 1);
  queue.remove();
  mailbox.send(drive, 'Register');
  t.equal(queue.receive(drive), '25 10 Register');
});

/** Sleeping turns of each thread that waits for a message. */
function receivers(): Map<string, string> {
  const found = new Map<string, string>();
  for (const id of readdirSync('/proc/self/task')) {
    const task = `/proc/self/task/${id}`;
    if (readFileSync(`${task}/wchan`, 'latin1') !== 'do_msgrcv') continue;
    const switches = readFileSync(`${task}/status`, 'latin1').match(/^voluntary.*$/m)?.[0] ?? '';
    found.set(id, switches);
  }
  return found;
}

t.test('an idle receiver sleeps, and close ends it', async (t) => {
  const { mailbox } = open(t);
  await until(() => receivers().size === 1);
  const before = receivers();
  await sleep(300);
  t.same(receivers(), before);
  mailbox.close();
  t.equal(receivers().size, 0);
});

t.test('close is never missed, whenever it comes', async (t) => {
  for (let i = 0; i < 300; i++) {
    const { mailbox } = open(t);
    const [turn] = process.hrtime();
    for (let spin = 0; spin < (i % 30) * 1000; spin++) if (turn < 0) return;
    mailbox.close();
  }
  t.equal(receivers().size, 0);
});

t.test('close while messages pour in', async (t) => {
  const { mailbox, messages } = open(t);
  for (let i = 0; i < 200; i++) mailbox.send(library, 'eject');
  await until(() => messages.length > 0);
  mailbox.close();
  t.equal(receivers().size, 0);
});

t.test("a unit 0 would read everybody's messages", async (t) => {
  t.throws(
    () => new Mailbox({ address: 0, key: queue.key, onMessage: () => {}, log: () => {} }),
    RangeError,
  );
});

t.test(
  'a queue that a stranger made beforehand is not used',
  {
    skip: process.getuid?.() === 0 ? false : 'only root can be somebody else',
  },
  (t) => {
    queue.remove();
    const stranger = ['--reuid=65534', '--regid=65534', '--clear-groups'];
    const make = `defined msgget(${queue.key}, 0001666) or die`;
    execFileSync('setpriv', [...stranger, 'perl', '-e', make]);
    t.throws(() => open(t), {
      code: 'ENOTUNIQ',
      message: /made by a stranger: remove it with ipcrm/,
    });
    queue.remove();
    open(t);
    t.end();
  },
);
