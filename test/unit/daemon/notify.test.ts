// SPDX-License-Identifier: GPL-2.0-or-later
// What the service manager hears, and when.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { addon } from '../../../src/addon/addon.js';
import type { Log } from '../../../src/daemon/log.js';
import { serviceManager, watchdogMs } from '../../../src/daemon/notify.js';

function recorder() {
  const told: string[] = [];
  const tell = (message: string): void => void told.push(message);
  const log: Log = { error: tell, warning: tell, notice: tell, info: tell, debug: tell };
  return { told, log };
}

t.test('without a socket nothing is sent', async (t) => {
  const { log } = recorder();
  const manager = serviceManager(log, { WATCHDOG_USEC: '1' }, () => t.fail('sent'));
  t.notOk(manager.listens);
  manager.ready('there');
  manager.stopping();
});

t.test('the messages of sd_notify(3)', async (t) => {
  const { log } = recorder();
  const sent: string[] = [];
  const manager = serviceManager(log, { NOTIFY_SOCKET: '/run/notify' }, (socket, text) =>
    sent.push(`${socket} ${text}`),
  );
  t.ok(manager.listens);
  manager.ready('0:0:1:0');
  manager.status('busy');
  manager.reloading();
  manager.stopping();
  t.match(sent, [
    '/run/notify READY=1\nSTATUS=0:0:1:0',
    '/run/notify STATUS=busy',
    /^\/run\/notify RELOADING=1\nMONOTONIC_USEC=[0-9]+$/,
    /^\/run\/notify STOPPING=1\n/,
  ]);
});

t.test('the watchdog is fed twice in the time allowed, from READY on', async (t) => {
  const { log } = recorder();
  const sent: string[] = [];
  const environment = { NOTIFY_SOCKET: '@x', WATCHDOG_USEC: '20000' };
  const manager = serviceManager(log, environment, (_, text) => sent.push(text));
  await new Promise((done) => setTimeout(done, 30));
  t.same(sent, []);
  manager.ready('a');
  manager.ready('b');
  await new Promise((done) => setTimeout(done, 105));
  const fed = sent.filter((text) => text === 'WATCHDOG=1').length;
  t.ok(fed >= 1 && fed <= 12, `${fed} times, and not twice as often after the second READY`);
});

t.test('the watchdog of another process is not ours', async (t) => {
  t.equal(watchdogMs({ WATCHDOG_USEC: '30000000', WATCHDOG_PID: '7' }, 7), 30_000);
  t.equal(watchdogMs({ WATCHDOG_USEC: '30000000' }, 7), 30_000);
  t.equal(watchdogMs({ WATCHDOG_USEC: '30000000', WATCHDOG_PID: '8' }, 7), undefined);
  t.equal(watchdogMs({ WATCHDOG_USEC: '0' }, 7), undefined);
  t.equal(watchdogMs({}, 7), undefined);
});

t.test('a service manager that cannot be reached stops nobody', async (t) => {
  const { told, log } = recorder();
  // The path of a socket is short.
  const folder = mkdtempSync(join(tmpdir(), 'mhvtl-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  serviceManager(log, { NOTIFY_SOCKET: `${folder}/nobody` }).ready('there');
  t.match(told, [/service manager .*nobody/]);
});

/** A receiver in Python, as Node has no datagram sockets of this family. */
const receiver = `import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1].replace("@", "\\0", 1))
print("bound", flush=True)
print(s.recv(4096).decode(), flush=True)`;

for (const abstract of [false, true])
  t.test(`a datagram arrives at ${abstract ? 'an abstract name' : 'a path'}`, async (t) => {
    if (!existsSync('/usr/bin/python3')) return t.plan(0, 'no Python');
    const name = abstract ? `@mhvtl-test-${process.pid}` : `${t.testdir()}/socket`;
    const child = spawn('/usr/bin/python3', ['-c', receiver, name]);
    let heard = '';
    child.stdout.on('data', (text) => {
      heard += text;
    });
    await once(child.stdout, 'data');
    addon().notify(name, 'READY=1\nSTATUS=ü');
    await once(child, 'close');
    t.equal(heard, 'bound\nREADY=1\nSTATUS=ü\n');
  });
