// SPDX-License-Identifier: GPL-2.0-or-later
// The manual pages: clean for mandoc, one for every program, every option of the daemons in its page.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { settings } from '../../src/cli/vtlcmd/settings.js';
import { faultKinds } from '../../src/faults/kinds.js';
import { WORDS, type Word } from '../../src/ipc/words.js';
import { cartridgeTypes } from '../../src/medium/cartridge-types.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const programs: readonly (readonly [name: string, section: string])[] = [
  ...readdirSync(`${root}src/cli`)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file.replace(/\.ts$/, ''), '1'] as const),
  ...['vtltape', 'vtllibrary'].map((name) => [name, '8'] as const),
];

// It starts every program, and every command of vtlcmd.
t.setTimeout(240_000);

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

/** A page as it is read, without bold and underlined letters, each run of blanks one blank. */
function pageText(page: string): string {
  const { stdout } = spawnSync('mandoc', ['-Tutf8', `${root}man/${page}`], { encoding: 'utf8' });
  return stdout
    .replace(/.[\b]/g, '')
    .replace(/\u2011|\u2010|\u2212/g, '-')
    .replace(/\s+/g, ' ');
}

/** What a program prints about itself or one of its commands. */
const helpOf = (program: string, ...command: string[]): string =>
  // Without the loader that the test runner gives every child: it knows no program whose name ends in .conf.
  spawnSync('env', ['-u', 'NODE_OPTIONS', `${root}build/bin/${program}`, ...command, '--help'], {
    encoding: 'utf8',
  }).stdout;

const optionsIn = (help: string): string[] =>
  [...help.matchAll(/^ {2}(-\w)?(?:, )?(--[a-z-]+)?/gm)].flatMap(([, short, long]) =>
    [short, long].filter((option) => option !== undefined),
  );

const hasWord = (text: string, word: string): boolean =>
  new RegExp(`(^|[^\\w-])${word}(?![\\w-])`).test(text);

t.test('every option of every tool is explained', async (t) => {
  for (const [name, section] of programs) {
    if (section !== '1' || name === 'vtlcmd') continue;
    const text = pageText(`${name}.1`);
    const options = optionsIn(helpOf(name));
    t.ok(options.length >= 3, `${name} has options`);
    for (const option of options) t.ok(hasWord(text, option), `${name}(1): ${option}`);
  }
});

t.test('every command of vtlcmd and all its options are explained', async (t) => {
  const text = pageText('vtlcmd.1');
  const commandsIn = (help: string): string[] =>
    [...(help.split('Commands:\n')[1] ?? '').split('\n\n')[0]!.matchAll(/^ {2}([a-z]+)/gm)].map(
      (match) => match[1]!,
    );
  const commands = commandsIn(helpOf('vtlcmd')).filter((name) => name !== 'help');
  t.ok(commands.length >= 10);
  for (const command of commands) {
    const help = helpOf('vtlcmd', command);
    const below = commandsIn(help).filter((name) => name !== 'help');
    for (const words of below.length > 0 ? below.map((name) => [command, name]) : [[command]]) {
      t.ok(hasWord(text, words.at(-1)!), `vtlcmd ${words.join(' ')}`);
      for (const option of optionsIn(helpOf('vtlcmd', ...words)))
        if (option !== '-h' && option !== '--help')
          t.ok(hasWord(text, option), `vtlcmd ${words.join(' ')} ${option}`);
    }
  }
});

t.test('every word a unit obeys is explained, with its choices', async (t) => {
  const text = pageText('vtlcmd.1');
  t.ok(WORDS.length >= 20);
  for (const word of WORDS as readonly Word[]) {
    for (const part of word.text.split(' ')) t.ok(hasWord(text, part), word.text);
    // Of a number of one's choice the page has a name.
    for (const choice of word.arguments.flatMap(({ choices }) => choices ?? []))
      t.ok(hasWord(text, choice.replace(/^\d+/, 'n')), `${word.text} ${choice}`);
  }
});

t.test('every file the packages install for a person is in a page', async (t) => {
  const text = pageText('mhvtl.7');
  for (const file of ['/etc/mhvtl', '/opt/mhvtl', '/var/lib/mhvtl', '/run/mhvtl', '/dev/mhvtl'])
    t.ok(text.includes(file), file);
  for (const file of readdirSync(`${root}etc/mhvtl`))
    t.ok(existsSync(`${root}man/${file.replace(/\.\d+$/, '')}.5`), file);
});

t.test('every unit is in mhvtl(7)', async (t) => {
  const page = readFileSync(`${root}man/mhvtl.7`, 'utf8');
  const units = readdirSync(`${root}systemd`).filter((name) =>
    /\.(service|target|timer)$/.test(name),
  );
  t.ok(units.length >= 5);
  for (const unit of units) {
    const [name, instance] = unit.replace('.service', ' Ns Pa .service').split('@');
    const item = instance === undefined ? unit : `${name}@ Ns Ar N${instance}`;
    t.ok(new RegExp(`^\\.It Pa (\\S+ , )?${item}( , \\S+)?$`, 'm').test(page), unit);
  }
});

t.test('vtlcmd(1) has every setting and fault', async (t) => {
  const page = readFileSync(`${root}man/vtlcmd.1`, 'utf8');
  const items = page.split('\n').filter((line) => line.startsWith('.It Cm '));
  const has = (text: string): void => {
    t.ok(
      items.some((line) => line.split(/[ ,]+/).includes(text)),
      text,
    );
  };
  for (const name of Object.keys(settings)) has(name);
  for (const name of Object.keys(faultKinds)) has(name);
});

t.test('mktape(1) has every density', async (t) => {
  const page = readFileSync(`${root}man/mktape.1`, 'utf8');
  const words = [...page.matchAll(/^\.Cm (.*)$/gm)].flatMap((match) => match[1]!.split(' '));
  for (const { mktapeName } of cartridgeTypes) t.ok(words.includes(mktapeName), mktapeName);
});
