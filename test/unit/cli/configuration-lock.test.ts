// SPDX-License-Identifier: GPL-2.0-or-later
// Many change the configuration at once, and no change is lost; who dies while changing it is in nobody's way.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import t from 'tap';
import { whileAlone } from '../../../src/cli/vtlcmd/configuration-lock.js';
import { bundled } from '../../support/program.js';
import { installation } from '../../support/vtlcmd.js';

t.setTimeout(110_000);
const noBus = 'unix:path=/nowhere';
const little = { most: 200, silent: 1_000, look: 5 };

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'mhvtl-lock-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  return directory;
}

t.test('twenty changes at once', async (t) => {
  const { run, file } = installation(t, noBus);
  const drives = Array.from({ length: 6 }, () => 'add drive --library 10 --product ULT3580-TD8');
  const slots = Array.from({ length: 8 }, () => 'add slot --library 10');
  const maps = Array.from({ length: 5 }, () => 'add map --library 30');
  const all = [...drives, ...slots, ...maps, 'remove cartridge E01001L8 --library 10'];
  const said = await Promise.all(all.map(run));
  // On a busy machine whoever waits long is told so.
  const patient = /^(vtlcmd: waiting for another program that changes the configuration\n)?$/;
  for (const { stderr, status } of said)
    t.match({ stderr, status }, { stderr: patient, status: 0 });
  t.equal(new Set(said.map(({ stdout }) => stdout.split('\n').at(-2))).size, all.length);
  const count = (name: string, line: RegExp): number => file(name).match(line)?.length ?? 0;
  t.equal(count('device.conf', /^Drive:/gm), 8 + 6);
  t.equal(count('library_contents.10', /^Drive \d+:/gm), 4 + 6);
  t.equal(count('library_contents.10', /^Slot \d+:/gm), 39 + 8);
  t.equal(count('library_contents.10', /E01001L8/g), 0);
  t.equal(count('library_contents.30', /^MAP \d+:/gm), 4 + 5);
  t.equal((await run('check')).status, 0);
});

t.test('one after the other, and not for ever', async (t) => {
  const directory = scratch();
  let inside = 0;
  const alone = () =>
    whileAlone(directory, async () => {
      inside++;
      await new Promise((done) => setTimeout(done, 20));
      t.equal(inside, 1);
      inside--;
    });
  await Promise.all([alone(), alone(), alone()]);
  await t.rejects(
    whileAlone(directory, async () => Promise.reject(new Error('broke'))),
    /broke/,
  );
  await whileAlone(directory, () =>
    t.rejects(
      whileAlone(directory, async () => {}, little),
      /^Nothing was changed: another program has been changing the configuration[\s\S]*fuser -v .*\.lock$/,
    ),
  );
  await whileAlone(directory, async () => {}, little);
});

t.test('a holder that is killed', async (t) => {
  const directory = scratch();
  const program = bundled('test/unit/cli/fixtures/hold-lock.ts', scratch());
  const holder = spawn(process.execPath, [program, directory]);
  await once(holder.stdout, 'data');
  await t.rejects(
    whileAlone(directory, async () => {}, little),
    /another program/,
  );
  holder.kill('SIGKILL');
  await once(holder, 'close');
  await whileAlone(directory, async () => {}, little);
});

const skip = process.geteuid?.() === 0 ? false : 'needs root';
t.test('root follows no link in the place of the lock', { skip }, async (t) => {
  const directory = scratch();
  symlinkSync(resolve(directory, 'elsewhere'), join(directory, '.lock'));
  await t.rejects(
    whileAlone(directory, async () => {}, little),
    { code: 'ELOOP' },
  );
});
