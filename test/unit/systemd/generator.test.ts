// SPDX-License-Identifier: GPL-2.0-or-later
// The generator: which units a device.conf makes, and what they may write.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';

const generator = fileURLToPath(
  new URL('../../../systemd/mhvtl-device-conf-generator', import.meta.url),
);

/** Runs the generator as systemd does, on a configuration directory of its own. */
function generate(t: Test, deviceConf: string, mhvtlConf = '') {
  const root = t.testdir({
    etc: { 'device.conf': deviceConf, 'mhvtl.conf': mhvtlConf },
    normal: {},
  });
  const out = `${root}/normal`;
  const run = spawnSync('sh', [generator, out, `${root}/early`, `${root}/late`], {
    encoding: 'utf8',
    env: { ...process.env, MHVTL_CONFIG_PATH: `${root}/etc` },
  });
  const wants = `${out}/mhvtl.target.wants`;
  return {
    ...run,
    units: existsSync(wants) ? readdirSync(wants).sort() : [],
    dropIn(path: string): string[] {
      const file = `${out}/${path}`;
      if (!existsSync(file)) return [];
      return readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line && !line.startsWith('#'));
    },
  };
}

const address = 'CHANNEL: 00 TARGET: 00 LUN: 00';

t.test('one unit for each record; leading zeros are decimal', async (t) => {
  const { units, status, stderr } = generate(
    t,
    `VERSION: 5\n\nLibrary: 010 ${address}\n Vendor identification: STK\n\nDrive: 08 ${address}\n Library ID: 010 Slot: 01\nDrive:9 ${address}\n#Drive: 12 ${address}\n Drive: 13 not in the first column\nDrive: 1023 ${address}\r`,
  );
  t.equal(stderr, '');
  t.equal(status, 0);
  t.same(units, [
    'vtllibrary@10.service',
    'vtltape@1023.service',
    'vtltape@8.service',
    'vtltape@9.service',
  ]);
});

t.test('a number that is none is told, and the others are made', async (t) => {
  const { units, stderr, status } = generate(
    t,
    `Drive: 0 ${address}\nDrive: x ${address}\nDrive: 1024 ${address}\nDrive: -1 ${address}\nDrive: 99999999999999999999 ${address}\nDrive: 7 ${address}\n`,
  );
  t.same(units, ['vtltape@7.service']);
  t.equal(status, 0);
  t.equal(stderr.match(/no unit number/g)?.length, 5);
});

t.test('a library starts after its own drives, and is reloaded with the whole', async (t) => {
  const { dropIn } = generate(
    t,
    `Library: 10 ${address}\nDrive: 11 ${address}\n Library ID: 10 Slot: 01\nDrive: 31 ${address}\n Library ID: 30 Slot: 01\nDrive: 12 ${address}\n Library ID: 10 Slot: 02\nDrive: 50 ${address}\nLibrary: 30 ${address}\n`,
  );
  t.same(dropIn('vtllibrary@10.service.d/drives.conf'), [
    '[Unit]',
    'After=vtltape@11.service vtltape@12.service',
  ]);
  t.same(dropIn('vtllibrary@30.service.d/drives.conf'), ['[Unit]', 'After=vtltape@31.service']);
  t.same(dropIn('mhvtl.service.d/libraries.conf'), [
    '[Unit]',
    'PropagatesReloadTo=vtllibrary@10.service vtllibrary@30.service',
  ]);
});

t.test('services may write where cartridges lie', async (t) => {
  const { dropIn, stderr } = generate(
    t,
    `Library: 10 ${address}\n Home directory: /srv/my tapes\n\nLibrary: 20 ${address}\n\nLibrary: 30 ${address}\n Home directory: /home/me/tapes\nLibrary: 40 ${address}\n Home directory: /tmp/tapes\nLibrary: 50 ${address}\n Home directory: /a"b\n`,
    '# comment\nMHVTL_HOME_PATH = "/data/vtl"\n',
  );
  for (const template of ['vtltape@.service.d', 'vtllibrary@.service.d'])
    t.same(dropIn(`${template}/homes.conf`), [
      '[Service]',
      'ReadWritePaths="-/data/vtl"',
      'ReadWritePaths="-/srv/my tapes"',
      'ReadWritePaths="-/data/vtl/20"',
      'ProtectHome=no',
      'ReadWritePaths="-/home/me/tapes"',
      'PrivateTmp=no',
      'ReadWritePaths="-/tmp/tapes"',
    ]);
  t.match(stderr, 'quotes');
});

t.test('the default configuration', async (t) => {
  const conf = readFileSync(new URL('../../../etc/mhvtl/device.conf', import.meta.url), 'utf8');
  const { units } = generate(t, conf);
  const drives = [11, 12, 13, 14, 31, 32, 33, 34].map((unit) => `vtltape@${unit}.service`);
  t.same(units, ['vtllibrary@10.service', 'vtllibrary@30.service', ...drives]);
});

t.test('many units are made in a moment', async (t) => {
  const records = Array.from({ length: 1000 }, (_, i) => `Drive: ${i + 1} ${address}\n\n`);
  const before = performance.now();
  t.equal(generate(t, records.join('')).units.length, 1000);
  t.ok(performance.now() - before < 20_000);
});

t.test('without device.conf it says so and fails', async (t) => {
  const run = spawnSync('sh', [generator, t.testdir()], {
    encoding: 'utf8',
    env: { ...process.env, MHVTL_CONFIG_PATH: '/nowhere' },
  });
  t.equal(run.status, 1);
  t.match(run.stderr, '/nowhere/device.conf cannot be read');
});

t.test(
  'a home directory cannot smuggle a setting into the unit, which would be done as root',
  async (t) => {
    for (const home of ['/opt/a\rExecStartPre=+/tmp/evil\rX=', '/opt/a\0ExecStartPre=+/tmp/evil']) {
      const conf = `Library: 10 ${address}\n Home directory: ${home}\n`;
      const { dropIn, stderr, status } = generate(t, conf, `MHVTL_HOME_PATH=${home}\n`);
      t.equal(status, 0);
      for (const unit of ['vtllibrary@.service', 'vtltape@.service'])
        t.notMatch(dropIn(`${unit}.d/homes.conf`).join('\n'), /[\r\0]|^ExecStartPre=/m);
      if (home.includes('\r')) t.match(stderr, /control characters/);
    }
  },
);

t.test('a named pipe in place of a file does not hold up the boot', async (t) => {
  const root = t.testdir({ etc: {}, normal: {} });
  for (const name of ['device.conf', 'mhvtl.conf']) spawnSync('mkfifo', [`${root}/etc/${name}`]);
  const { status, stderr } = spawnSync('sh', [generator, `${root}/normal`], {
    encoding: 'utf8',
    timeout: 10_000,
    env: { ...process.env, MHVTL_CONFIG_PATH: `${root}/etc` },
  });
  t.equal(status, 1);
  t.match(stderr, /device.conf cannot be read/);
});
