// SPDX-License-Identifier: GPL-2.0-or-later
// Calls over a real bus that no interface has, of wrong types, with endless strings, and hundreds at once: each is
// answered or refused, and the drive works afterwards.
import { setTimeout as sleep } from 'node:timers/promises';
import dbus, { type Message, type MessageBus } from 'dbus-next';
import t from 'tap';
import { driveOnBus } from '../../src/daemon/drive-bus.js';
import { bus } from '../dbus/bus.js';
import { drive11 } from '../dbus/drive.js';
import { random } from '../model/random.js';
import { SEED, TIMES } from './effort.js';

const name = 'org.mhvtl.Drive11';
const path = '/org/mhvtl/drive/11';
const INTERFACES = [
  'org.mhvtl.Drive1',
  'org.mhvtl.Unit1',
  'org.freedesktop.DBus.Properties',
  'no.such',
];
const MEMBERS = [
  ...[
    'Load',
    'Unload',
    'Query',
    'SetTapeAlert',
    'Get',
    'Set',
    'GetAll',
    'constructor',
    '__proto__',
  ],
  ...['AddFault', 'RemoveFault', 'Trace', 'SetVerbosity', 'toString', 'NoSuchMember', 'Introspect'],
];
/** Signatures and values for them; strings may be very long. */
const ARGUMENTS: readonly (readonly [
  signature: string,
  value: (upTo: (n: number) => number) => unknown,
])[] = [
  [
    's',
    (upTo) =>
      ['', 'E01001L8', '../../etc', 'org.mhvtl.Drive1', 'Barcode', 'x'.repeat(upTo(2_000_000))][
        upTo(6)
      ],
  ],
  ['i', (upTo) => upTo(2) - 2 ** 30],
  ['u', (upTo) => 2 ** 31 - 1 - upTo(3)],
  ['b', (upTo) => upTo(2) === 0],
  ['d', (upTo) => [-0, 1e308, -1e-300][upTo(3)]],
  ['as', (upTo) => Array.from({ length: upTo(5000) }, () => 'x')],
  ['ay', (upTo) => Buffer.alloc(upTo(100_000), 0xff)],
  ['o', () => '/'],
];

function randomCall(upTo: (n: number) => number): Message {
  const given = Array.from({ length: upTo(4) }, () => ARGUMENTS[upTo(ARGUMENTS.length)]!);
  return new dbus.Message({
    destination: name,
    path: upTo(10) === 0 ? '/org/mhvtl' : path,
    interface: INTERFACES[upTo(INTERFACES.length)]!,
    member: MEMBERS[upTo(MEMBERS.length)]!,
    signature: given.map(([signature]) => signature).join(''),
    body: given.map(([, value]) => value(upTo)),
  });
}

/** How a call ended; a refusal by name is an answer. */
async function outcome(client: MessageBus, call: Message): Promise<string> {
  try {
    await client.call(call);
    return 'done';
  } catch (error) {
    return (error as { type?: string }).type ?? String(error);
  }
}

t.setTimeout(0);
t.test(`calls, SEED=${SEED}`, async (t) => {
  await bus.start();
  const made = await drive11(() => exported.check());
  const exported = driveOnBus(made.parts, made.administration, bus.address);
  t.teardown(async () => {
    await exported.close();
    await bus.stop();
    await bus.cleanUp();
  });
  for (
    let turns = 0;
    !(await bus.ctl('list', '--acquired', '--no-legend')).includes(name);
    turns++
  ) {
    if (turns > 200) throw new Error(`${name} did not appear`);
    await sleep(30);
  }
  const client = dbus.sessionBus({ busAddress: bus.address });
  await new Promise((resolve) => client.once('connect', resolve));
  const upTo = random(SEED);
  const seen = new Map<string, number>();
  for (let round = 0; round < 6 * TIMES; round++) {
    const calls = Array.from({ length: 50 }, () => outcome(client, randomCall(upTo)));
    for (const end of await Promise.all(calls)) seen.set(end, (seen.get(end) ?? 0) + 1);
  }
  t.comment([...seen].map(([end, count]) => `${end}: ${count}`).join(', '));
  const odd = [...seen.keys()].filter((end) => end !== 'done' && !/^org\.[A-Za-z.]+$/.test(end));
  t.same(odd, [], 'every refusal has a name');
  t.same(made.bugs, []);
  t.notMatch(made.logged.join('\n'), /\b(Type|Range|Syntax|Reference)Error\b/);
  client.disconnect();
  await made.drive.remove();
  await bus.ctl('call', name, path, 'org.mhvtl.Drive1', 'Load', 's', 'E01001L8');
  t.equal(made.drive.barcode, 'E01001L8', 'the drive works');
});
