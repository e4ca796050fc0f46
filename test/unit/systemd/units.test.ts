// SPDX-License-Identifier: GPL-2.0-or-later
// The units: how much they expose by systemd's own measure, and what they must not forbid.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const folder = fileURLToPath(new URL('../../../systemd/', import.meta.url));
const services = readdirSync(folder).filter((name) => name.endsWith('.service'));
/** 2.0, in the tenths systemd-analyze counts in. */
const threshold = 20;

const valuesOf = (unit: string, key: string): string[] =>
  [...readFileSync(`${folder}${unit}`, 'utf8').matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(
    (match) => match[1]!,
  );

t.test('every service is below 2.0 in systemd-analyze security', async (t) => {
  t.ok(services.length >= 4);
  const scratch = t.testdir();
  for (const name of services) {
    // A template is judged as one of its instances.
    const unit = `${scratch}/${name.replace('@.', '@11.')}`;
    copyFileSync(`${folder}${name}`, unit);
    const options = ['--offline=true', `--threshold=${threshold}`, '--no-pager'];
    const run = spawnSync('systemd-analyze', ['security', ...options, unit], { encoding: 'utf8' });
    t.equal(run.status, 0, `${name}: ${run.stdout.trim().split('\n').pop()}${run.stderr}`);
  }
});

t.test('systemd-analyze verify has nothing to say', async (t) => {
  const root = t.testdir({ bin: {}, sbin: {} });
  const install = fileURLToPath(new URL('../../../packaging/install.sh', import.meta.url));
  const unitFolder = '/usr/lib/systemd/system';
  const installed = spawnSync('sh', [install, root, '/usr', unitFolder, '/usr/lib/generators'], {
    encoding: 'utf8',
  });
  t.equal(installed.status, 0, installed.stderr);
  // Programs of the system that units start.
  for (const program of ['bin/true', 'usr/bin/test', 'bin/kill', 'sbin/modprobe'])
    copyFileSync('/bin/true', `${root}/${program}`);
  const units = readdirSync(`${root}${unitFolder}`).map((name) => name.replace('@.', '@11.'));
  t.ok(units.length >= 5);
  const options = [`--root=${root}`, '--man=no', '--recursive-errors=no'];
  const run = spawnSync('systemd-analyze', ['verify', ...options, ...units], { encoding: 'utf8' });
  t.equal(`${run.stdout}${run.stderr}`, '');
  t.equal(run.status, 0);
});

t.test('daemons keep what they need', async (t) => {
  for (const unit of ['vtltape@.service', 'vtllibrary@.service']) {
    t.same(valuesOf(unit, 'Type'), ['notify'], unit);
    t.same(valuesOf(unit, 'DevicePolicy'), ['closed'], unit);
    t.same(valuesOf(unit, 'DeviceAllow'), ['/dev/mhvtl rw'], unit);
    for (const forbidden of ['MemoryDenyWriteExecute', 'PrivateIPC', 'RemoveIPC', 'PrivateDevices'])
      t.same(valuesOf(unit, forbidden), [], `${unit}: ${forbidden}`);
  }
});

t.test('a daemon that ends takes no other along', async (t) => {
  for (const unit of ['vtltape@.service', 'vtllibrary@.service'])
    for (const key of ['Requires', 'BindsTo'])
      for (const value of valuesOf(unit, key))
        t.notMatch(value, /vtl(tape|library)@/, `${unit}: ${key}`);
});

t.test('the two daemons differ only where they must', async (t) => {
  const lines = (unit: string) => new Set(readFileSync(`${folder}${unit}`, 'utf8').split('\n'));
  const [tape, library] = [lines('vtltape@.service'), lines('vtllibrary@.service')];
  const keys = (from: Set<string>, other: Set<string>) =>
    [...from]
      .filter((line) => !line.startsWith('#') && !other.has(line))
      .map((line) => line.split('=')[0]);
  t.same(keys(tape, library), [
    'Description',
    'Documentation',
    'ExecStart',
    'LimitCORE',
    'ReadWritePaths',
    /* Only a drive has threads that work on blocks. */
    'SystemCallFilter',
  ]);
  t.same(keys(library, tape), [
    'Description',
    'Documentation',
    'ExecStart',
    'ExecReload',
    'ReadWritePaths',
  ]);
});
