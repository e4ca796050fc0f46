// SPDX-License-Identifier: GPL-2.0-or-later
// A library's view of its drives over a real message queue: drives that answer, refuse, are mute, late or restarted.
import t, { type Test } from 'tap';
import { RemoteDrive } from '../../../src/daemon/library-drives.js';
import { Mailbox } from '../../../src/ipc/mailbox.js';
import { TransferFailure } from '../../../src/smc/data-transfer-device.js';
import { queue } from '../../ipc/queue.js';

const libraryUnit = 10;
const driveUnit = 11;
const identity = { vendor: 'IBM', product: 'ULT3580-TD8', serial: 'XYZZY_A1' };

t.teardown(() => queue.cleanUp());

interface Pair {
  readonly drive: RemoteDrive;
  /** What the drive was sent, in order. */
  readonly heard: string[];
  readonly log: string[];
  /** The drive says something by itself. */
  say(text: string): void;
}

/** A library's end and a drive that answers by a table; a list is used up answer by answer, `-` says nothing. */
function pair(t: Test, answers: Record<string, string | string[]>, running = true): Pair {
  const heard: string[] = [];
  const log: string[] = [];
  const mail = new Mailbox({
    address: libraryUnit,
    key: queue.key,
    onMessage: () => {},
    log: () => {},
  });
  mail.start();
  t.teardown(() => mail.close());
  const mouth = new Mailbox({
    address: driveUnit,
    key: queue.key,
    log: () => {},
    onMessage({ text, reply }) {
      heard.push(text);
      const answer = answers[text];
      const next = typeof answer === 'string' ? answer : answer?.shift();
      if (next !== undefined && next !== '-') reply(next);
    },
  });
  if (running) mouth.start();
  t.teardown(() => mouth.close());
  const drive = new RemoteDrive({
    unit: driveUnit,
    identity,
    mail,
    log: (line) => log.push(line),
    patience: { answer: 200, work: 200, start: 100 },
  });
  return { drive, heard, log, say: (text) => mouth.send(libraryUnit, text) };
}

const reasonOf = async (done: Promise<void>): Promise<string> =>
  done.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof TransferFailure) return error.reason;
      throw error;
    },
  );

t.test('load and unload in the words of mhvtl 1.8', async (t) => {
  const { drive, heard } = pair(t, {
    mount_state: ['Not occupied', 'occupied'],
    'lload E01001L8': 'Loaded OK: E01001L8',
    'unload E01001L8': 'Unloaded OK',
  });
  t.equal(await reasonOf(drive.load('E01001L8')), 'done');
  t.same(heard, ['Register', 'mount_state', 'lload E01001L8']);
  t.equal(await reasonOf(drive.unload('E01001L8')), 'done');
  t.same(heard.slice(3), ['Register', 'mount_state', 'unload E01001L8']);
});

t.test('a drive that refuses', async (t) => {
  const cases: readonly (readonly [answer: string, reason: string])[] = [
    ['Load failed: E01001L8', 'load failed'],
    ['Load failed: E01001L8 - no such cartridge', 'no such cartridge'],
    ['Load failed: E01001L8 - incompatible medium', 'incompatible medium'],
    ['Load failed: E01001L8 - in use', 'in use'],
    ['Load failed: E01001L8 - unreadable', 'unreadable'],
    ['Load failed: E01001L8 - because', 'load failed'],
    ['Load failed - X1 is already in mouth of drive', 'occupied'],
  ];
  for (const [answer, reason] of cases)
    await t.test(answer, async (t) => {
      const { drive } = pair(t, { mount_state: 'Not occupied', 'lload E01001L8': answer });
      t.equal(await reasonOf(drive.load('E01001L8')), reason);
    });
  await t.test('unload', async (t) => {
    const { drive } = pair(t, {
      mount_state: 'occupied E01001L8',
      'unload E01001L8': ['Unload failed: E01001L8 - removal prevented', 'Unload failed'],
    });
    t.equal(await reasonOf(drive.unload('E01001L8')), 'removal prevented');
    t.equal(await reasonOf(drive.unload('E01001L8')), 'unload failed');
  });
});

t.test('a drive that is occupied is not asked to load', async (t) => {
  const { drive, heard } = pair(t, { mount_state: 'occupied OTHER1L8' });
  t.equal(await reasonOf(drive.load('E01001L8')), 'occupied');
  t.same(heard, ['Register', 'mount_state']);
});

t.test('a drive that is empty has nothing to unload', async (t) => {
  const { drive, heard } = pair(t, { mount_state: 'Not occupied' });
  t.equal(await reasonOf(drive.unload('E01001L8')), 'done');
  t.same(heard, ['Register', 'mount_state']);
});

t.test(
  'a drive that does not run: in time, and nothing is left that it could act on later',
  async (t) => {
    const { drive, log } = pair(t, {}, false);
    const begun = Date.now();
    t.equal(await reasonOf(drive.load('E01001L8')), 'no answer');
    t.ok(Date.now() - begun < 1000);
    t.match(log.join(), /unit 11 did not answer "mount_state".*is its daemon running/);
    t.equal(queue.receive(driveUnit).split(' ').at(-1), 'Register', 'harmless');
    t.equal(queue.waiting(), 0);
  },
);

t.test('a load that takes too long is taken back', async (t) => {
  const { drive, heard } = pair(t, { mount_state: 'Not occupied', 'lload E01001L8': '-' });
  t.equal(await reasonOf(drive.load('E01001L8')), 'no answer');
  for (let turn = 0; turn < 100 && heard.length < 4; turn++)
    await new Promise((done) => setTimeout(done, 10));
  t.same(heard, ['Register', 'mount_state', 'lload E01001L8', 'set_empty']);
});

t.test('answers that come too late are not taken for others', async (t) => {
  const { drive, say } = pair(t, {
    mount_state: 'Not occupied',
    'lload E01001L8': '-',
    'lload E01002L8': 'Load failed: E01002L8 - unreadable',
  });
  t.equal(await reasonOf(drive.load('E01001L8')), 'no answer');
  say('Loaded OK: E01001L8');
  say('Unloaded OK');
  t.equal(await reasonOf(drive.load('E01002L8')), 'unreadable');
});

t.test('an answer about another cartridge is none', async (t) => {
  const { drive } = pair(t, {
    mount_state: 'Not occupied',
    'lload E01002L8': 'Loaded OK: E01001L8',
  });
  t.equal(await reasonOf(drive.load('E01002L8')), 'no answer');
});

t.test('a drive that starts just now', async (t) => {
  await t.test('before the load: it is empty, and loads', async (t) => {
    const { drive, heard } = pair(t, {
      mount_state: 'started',
      'lload E01001L8': 'Loaded OK: E01001L8',
    });
    t.equal(await reasonOf(drive.load('E01001L8')), 'done');
    t.same(heard, ['Register', 'mount_state', 'Register', 'lload E01001L8'], 'registered again');
  });
  await t.test('during the load: it did not load', async (t) => {
    const { drive } = pair(t, { mount_state: 'Not occupied', 'lload E01001L8': 'started' });
    t.equal(await reasonOf(drive.load('E01001L8')), 'load failed');
  });
  await t.test('during the unload: the cartridge is free', async (t) => {
    const { drive } = pair(t, { mount_state: 'occupied', 'unload E01001L8': 'started' });
    t.equal(await reasonOf(drive.unload('E01001L8')), 'done');
  });
});

t.test('what a drive holds when the library starts', async (t) => {
  const cases: readonly (readonly [answer: string, holds: unknown])[] = [
    ['occupied E01001L8', { barcode: 'E01001L8', ejected: false }],
    ['occupied E01001L8 - ejected', { barcode: 'E01001L8', ejected: true }],
    ['occupied', undefined],
    ['Not occupied', 'empty'],
    ['started', 'empty'],
    ['-', undefined],
  ];
  for (const [answer, holds] of cases)
    await t.test(answer, async (t) => {
      t.same(await pair(t, { mount_state: answer }).drive.holds(), holds);
    });
});
