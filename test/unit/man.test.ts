// SPDX-License-Identifier: GPL-2.0-or-later
// The manual pages: clean for mandoc, one for every program, every option of the daemons in its page.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { cartridgeTypes } from '../../src/medium/cartridge-types.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const programs: readonly (readonly [name: string, section: string])[] = [
  ...readdirSync(`${root}src/cli`)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file.replace(/\.ts$/, ''), '1'] as const),
  ...['vtltape', 'vtllibrary'].map((name) => [name, '8'] as const),
];

t.test('every program has a page', async (t) => {
  for (const [name, section] of programs) t.ok(existsSync(`${root}man/${name}.${section}`), name);
});

t.test('every page is clean', async (t) => {
  for (const page of readdirSync(`${root}man`)) {
    const { stdout, status } = spawnSync('mandoc', ['-Tlint', '-Wwarning', `${root}man/${page}`]);
    t.equal(`${stdout}${status}`, '0', page);
  }
});

t.test('every option of the daemons is explained', async (t) => {
  const source = readFileSync(`${root}src/daemon/arguments.ts`, 'utf8');
  const options = [...source.matchAll(/'-([a-zA-Z]),/g)].map((match) => match[1]);
  t.ok(options.length >= 6);
  for (const page of ['vtltape.8', 'vtllibrary.8']) {
    const text = readFileSync(`${root}man/${page}`, 'utf8');
    for (const option of options)
      if (option !== 'f')
        t.match(text, new RegExp(`^\\.It Fl ${option}\\b`, 'm'), `${page} -${option}`);
  }
});

/** Programs whose options commander knows. */
const TAPE_TOOLS = readdirSync(`${root}src/cli`).filter((file) =>
  /withCommonOptions/.test(
    file.endsWith('.ts') ? readFileSync(`${root}src/cli/${file}`, 'utf8') : '',
  ),
);

t.test('every option of the tape tools is explained', async (t) => {
  const optionsIn = (file: string): string[] =>
    [...readFileSync(file, 'utf8').matchAll(/'(?:-(\w), )?--([a-z-]+)[^']*'/g)].flatMap(
      ([, short, long]) => (short ? [`Fl ${short} , Fl -${long}`] : [`Fl -${long}`]),
    );
  const common = optionsIn(`${root}src/cli/tape/options.ts`);
  t.ok(TAPE_TOOLS.length >= 4 && common.length >= 5);
  for (const file of TAPE_TOOLS) {
    const page = readFileSync(`${root}man/${file.replace(/ts$/, '1')}`, 'utf8');
    for (const option of [...common, ...optionsIn(`${root}src/cli/${file}`)])
      t.ok(
        page.includes(`\n.It ${option}`) ||
          page.includes(option.replace('Fl D ,', 'Fl D Ns Oo Ar level Oc ,')),
        `${file}: ${option}`,
      );
  }
});

t.test('every unit is in mhvtl(7)', async (t) => {
  const page = readFileSync(`${root}man/mhvtl.7`, 'utf8');
  const units = readdirSync(`${root}systemd`).filter((name) => /\.(service|target)$/.test(name));
  t.ok(units.length >= 5);
  for (const unit of units) {
    const [name, instance] = unit.replace('.service', ' Ns Pa .service').split('@');
    const item = instance === undefined ? unit : `${name}@ Ns Ar N${instance}`;
    t.ok(page.includes(`\n.It Pa ${item}\n`), unit);
  }
});

t.test('mktape(1) has every density', async (t) => {
  const page = readFileSync(`${root}man/mktape.1`, 'utf8');
  const words = [...page.matchAll(/^\.Cm (.*)$/gm)].flatMap((match) => match[1]!.split(' '));
  for (const { mktapeName } of cartridgeTypes) t.ok(words.includes(mktapeName), mktapeName);
});
