// SPDX-License-Identifier: GPL-2.0-or-later
// What the generators write is the default configuration that is installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { loadConfiguration } from '../../../src/config/load.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

t.test('the default configuration', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'mhvtl-generate-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const run = (program: string, ...words: readonly string[]) =>
    spawnSync(join(root, 'build/bin', program), words, { encoding: 'utf8' });
  t.match(run('generate_device_conf', '-D', directory, '-H', '/nowhere').stderr, /does not exist/);
  const made = run('generate_device_conf', '-D', directory, '-o');
  t.equal(made.stdout, `===> Generating: ${directory}/device.conf ...\n`);
  t.equal(run('generate_device_conf', '-D', directory, '-o').status, 1, 'it exists');
  t.equal(run('generate_library_contents', '-C', directory).status, 0);
  t.equal(run('generate_library_contents', '-C', directory).status, 1, 'they exist');
  t.equal(run('generate_library_contents', '-C', directory, '-f').status, 0);
  const [installed, generated] = [join(root, 'etc/mhvtl'), directory].map((path) =>
    loadConfiguration(path),
  );
  t.same(generated!.libraries, installed!.libraries);
  t.same(generated!.drives, installed!.drives);
  t.same(generated!.contents, installed!.contents);
  t.match(readFileSync(join(directory, 'library_contents.10'), 'utf8'), /^Slot 1: E01001L8$/m);
});
