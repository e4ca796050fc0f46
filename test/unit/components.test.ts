// SPDX-License-Identifier: GPL-2.0-or-later
// What others wrote in our programs is listed, may be there, and came by the lock file; nothing of theirs runs at install.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Component {
  name: string;
  version?: string;
  licenses?: { expression: string }[];
  hashes?: { alg: string; content: string }[];
}

const bill = JSON.parse(readFileSync(`${root}build/sbom.cdx.json`, 'utf8')) as {
  components: Component[];
};
const packages = bill.components.filter(({ version }) => version !== undefined);
const notices = readFileSync(`${root}build/NOTICES`, 'utf8');
const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
  packages: Record<string, { hasInstallScript?: boolean; integrity?: string; resolved?: string }>;
};

t.test('the declared dependencies are in the list, what only builds is not', async (t) => {
  const names = packages.map(({ name }) => name);
  for (const name of ['commander', 'ini', '@particle/dbus-next', 'node-addon-api'])
    t.ok(names.includes(name), name);
  for (const name of ['esbuild', 'typescript', 'tap', 'node-gyp'])
    t.notOk(names.includes(name), name);
});

t.test('licences that go with GPL-2.0-or-later', async (t) => {
  const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];
  for (const { name, licenses } of packages)
    for (const { expression } of licenses ?? [])
      t.ok(allowed.includes(expression), `${name}: ${expression}`);
});

t.test('each has its notice and the hash of its archive', async (t) => {
  for (const { name, version, hashes } of packages) {
    t.ok(notices.includes(`\n${name} ${version}\n`), `notice of ${name}`);
    t.match(hashes?.[0]?.content, /^[0-9a-f]{128}$/, `hash of ${name}`);
  }
  // The registry says /rFeCpNJ... (base 64) of commander 13.1.0.
  t.match(packages.find(({ name }) => name === 'commander')?.hashes?.[0]?.content, /^feb15e0a/);
});

t.test(
  'the lock file pins every package by hash; one has an install script, and its files are in no program',
  async (t) => {
    const entries = Object.entries(lock.packages).filter(([place]) => place !== '');
    for (const [place, { integrity }] of entries) t.match(integrity, /^sha512-/, place);
    const scripted = entries.filter(([, { hasInstallScript }]) => hasInstallScript);
    t.strictSame(
      scripted.map(([place]) => place),
      ['node_modules/esbuild'],
    );
  },
);
