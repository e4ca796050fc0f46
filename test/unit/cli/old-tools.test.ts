// SPDX-License-Identifier: GPL-2.0-or-later
// The helpers of old versions: update_device.conf, build_library_config, make_vtl_devices.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { loadConfiguration } from '../../../src/config/load.js';
import { upgradeDeviceConf } from '../../../src/config/upgrade-text.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
t.setTimeout(110_000);

/** As versions before 0.18.6 wrote it: one library, drives that do not say where they stand. */
const old = `
VERSION: 3

# The robot.
Library: 0 CHANNEL: 0 TARGET: 0 LUN: 0
 Vendor identification: STK
 Product identification: L700
 Product revision level: 550V
 Unit serial number: XYZZY_10
 NAA: 10:22:33:44:ab:00:00:00

Drive: 1 CHANNEL: 0 TARGET: 1 LUN: 0
 Vendor identification: IBM
 Product identification: ULT3580-TD4
 Product revision level: 550V
 Unit serial number: XYZZY_11
 NAA: 10:22:33:44:ab:00:01:00

Drive: 2 CHANNEL: 0 TARGET: 2 LUN: 0
 Vendor identification: IBM
 Product identification: ULT3580-TD4
 Product revision level: 550V
 Unit serial number: XYZZY_12
 NAA: 10:22:33:44:ab:00:02:00
`;

function run(program: string, directory: string, ...words: readonly string[]) {
  // Without the loader that the test runner gives every child: it knows no program whose name ends in .conf.
  const command = ['-u', 'NODE_OPTIONS', join(root, 'build/bin', program), ...words];
  const { stdout, stderr, status } = spawnSync('env', command, {
    encoding: 'utf8',
    env: { ...process.env, MHVTL_CONFIG_PATH: directory },
  });
  return { stdout, stderr, status };
}

function folder(t: Test): string {
  const directory = mkdtempSync(join(tmpdir(), 'mhvtl-old-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  return directory;
}

t.test('update_device.conf', async (t) => {
  const directory = folder(t);
  const file = (name: string): string => join(directory, name);
  t.match(run('update_device.conf', directory).stderr, /device\.conf does not exist/);
  writeFileSync(file('device.conf'), old);
  writeFileSync(
    file('library_contents'),
    'Drive 1:\nDrive 2:\nPicker 1:\nMAP 1:\nSlot 1: A00001L4\n',
  );
  const dry = run('update_device.conf', directory, '-n');
  t.match(dry.stdout, /^\+Library: 03 CHANNEL: 0 TARGET: 0 LUN: 0$/m);
  t.equal(readFileSync(file('device.conf'), 'utf8'), old);
  t.equal(run('update_device.conf', directory).status, 0);
  t.equal(readFileSync(file('device.conf.old'), 'utf8'), old);
  t.notOk(existsSync(file('library_contents')));
  t.match(readFileSync(file('device.conf'), 'utf8'), /^# The robot\.$/m, 'comments stay');
  const { libraries, drives, contents } = loadConfiguration(directory);
  t.same(
    libraries.map(({ unit, product }) => [unit, product]),
    [[3, 'L700']],
  );
  t.same(
    drives.map(({ unit, place }) => [unit, place]),
    [
      [1, { library: 3, slot: 1 }],
      [2, { library: 3, slot: 2 }],
    ],
  );
  t.equal(contents.get(3)?.Slot[0]?.content, 'A00001L4');
  const again = run('update_device.conf', directory);
  t.same(again, { stdout: 'Nothing to upgrade.. Exiting\n', stderr: '', status: 0 });
});

t.test('what cannot be converted stays', async (t) => {
  const directory = folder(t);
  const two = `${old}\nLibrary: 9 CHANNEL: 0 TARGET: 9 LUN: 0\n Vendor identification: STK\n`;
  writeFileSync(join(directory, 'device.conf'), two);
  const refused = run('update_device.conf', directory);
  t.match(refused.stderr, /has 2 libraries; only files with one can be converted/);
  t.equal(refused.status, 1);
  t.equal(readFileSync(join(directory, 'device.conf'), 'utf8'), two);
  t.match(upgradeDeviceConf(old.replace('Library: 0', 'Library: 10')), { library: 10 });
  t.match(upgradeDeviceConf(old.replace('Library: 0', 'Library: 2')), { library: 3 });
  t.equal(upgradeDeviceConf(old.replace('VERSION: 3', 'VERSION: 4')), undefined);
});

t.test('build_library_config', async (t) => {
  const directory = folder(t);
  const missing = run('build_library_config', directory, '-n');
  t.match(missing.stderr, /device\.conf.*does not exist/);
  t.equal(missing.status, 1);
  const started = run('build_library_config', join(root, 'etc/mhvtl'), '-n');
  t.equal(started.status, 0);
  if (existsSync('/run/systemd/system')) t.match(started.stdout, /systemctl start mhvtl\.target/);
  else {
    const lines = started.stdout.trimEnd().split('\n');
    t.equal(lines.length, 10);
    t.equal(lines[0], 'vtltape -F -q 11');
    t.equal(lines.at(-1), 'vtllibrary -F -q 30', 'libraries after their drives');
  }
});

t.test('make_vtl_devices', async (t) => {
  const { stdout, status } = run('make_vtl_devices', '/nowhere', '-n', 'backup');
  t.equal(status, 0);
  t.match(stdout, /^chown backup: \/dev\/mhvtl\nchmod 0660 \/dev\/mhvtl$/m);
  t.match(run('make_vtl_devices', '/nowhere', '--help').stdout, /^Usage: make_vtl_devices/);
});
