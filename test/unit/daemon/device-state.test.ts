// SPDX-License-Identifier: GPL-2.0-or-later
// The files a unit remembers in.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import t from 'tap';
import { deviceState } from '../../../src/daemon/device-state.js';
import type { Log } from '../../../src/daemon/log.js';

const top = mkdtempSync(`${tmpdir()}/mhvtl-`);
t.teardown(() => rmSync(top, { recursive: true }));

function lines(): { told: string[]; log: Log } {
  const told: string[] = [];
  const tell = (message: string) => void told.push(message);
  return { told, log: { error: tell, warning: tell, notice: tell, info: tell, debug: tell } };
}

t.test('what is saved is there after a restart, and nothing else in the directory', async (t) => {
  const { told, log } = lines();
  const before = deviceState(11, log, `${top}/made`);
  t.equal(before.load('mode-pages'), undefined);
  before.save('mode-pages', Uint8Array.of(1, 2, 3));
  before.save('mode-pages', Uint8Array.of(4));
  t.same([...deviceState(11, log, `${top}/made`).load('mode-pages')!], [4]);
  t.same(readdirSync(`${top}/made/11`), ['mode-pages']);
  t.equal(statSync(`${top}/made/11`).mode & 0o7, 0, 'not for everybody');
  t.equal(deviceState(12, log, `${top}/made`).load('mode-pages'), undefined, 'units are apart');
  t.throws(() => before.save('../x', Uint8Array.of(1)), RangeError);
  t.same(told, []);
});

t.test('without a directory the unit works and says what it will lose', async (t) => {
  writeFileSync(`${top}/file`, '');
  const { told, log } = lines();
  const state = deviceState(11, log, `${top}/file`);
  state.save('timestamp', Uint8Array.of(7));
  t.same([...state.load('timestamp')!], [7]);
  t.equal(told.length, 1);
  t.match(told[0], /until the daemon ends.*Make .*\/file\/11/s);
});

t.test('a file that cannot be written is told once it matters', async (t) => {
  const { told, log } = lines();
  const state = deviceState(13, log, top);
  rmSync(`${top}/13`, { recursive: true });
  state.save('timestamp', Uint8Array.of(7));
  t.match(told, [/timestamp is not saved/]);
});
