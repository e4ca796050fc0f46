// SPDX-License-Identifier: GPL-2.0-or-later
// mktape as people and scripts call it.
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { readCartridgeMemory } from '../../../src/medium/cartridge-files.js';
import { fingerprint } from '../../fixtures/media/cartridges.js';
import { tool } from '../../support/tool.js';

const mktape = tool('mktape');

const home = (t: Test): string => t.testdir({ home: {} }).concat('/home');

t.test('a cartridge, and not a word about it', async (t) => {
  const directory = home(t);
  t.same(mktape(`-H ${directory} -l 10 -m E01001L8 -s 500 -t data -d LTO8`), {
    status: 0,
    stdout: '',
    stderr: '',
  });
  const { type, use, mam } = readCartridgeMemory(`${directory}/E01001L8`);
  t.equal(type.mktapeName, 'LTO8');
  t.equal(use, 'data');
  t.equal(mam.get('maximumCapacity'), 524288000n);
});

t.test('every type of cartridge, and the native size', async (t) => {
  const directory = home(t);
  for (const [word, use] of [
    ['data', 'data'],
    ['clean', 'cleaning'],
    ['cleaning', 'cleaning'],
    ['WORM', 'WORM'],
    ['NULL', 'NULL'],
  ]) {
    const { status, stderr } = mktape(`-H ${directory} -l 1 -m ${word} -s 0 -t ${word} -d LTO6`);
    t.same({ status, stderr }, { status: 0, stderr: '' });
    const memory = readCartridgeMemory(`${directory}/${word}`);
    t.equal(memory.use, use);
    t.equal(memory.mam.get('maximumCapacity'), 2500000000000n);
  }
});

t.test('another word has always meant data, but is mentioned', async (t) => {
  const directory = home(t);
  const { status, stderr } = mktape(`-H ${directory} -l 1 -m A -s 1 -t worm -d LTO6`);
  t.equal(status, 0);
  t.match(stderr, "'worm' is none of data, clean, WORM, NULL: taken as data");
  t.equal(readCartridgeMemory(`${directory}/A`).use, 'data');
});

t.test('the call of make_vtl_media', async (t) => {
  const directory = home(t);
  const { status, stdout } = mktape(
    `-v -D5 -H ${directory} -l 30 -m G03001TA -s 500 -t data -d T10KA`,
  );
  t.equal(status, 0);
  t.match(stdout, `Created ${directory}/G03001TA: T10KA, data, 524288000 bytes`);
});

t.test('an existing cartridge: left as it is, success, and said so', async (t) => {
  const directory = home(t);
  const line = `-H ${directory} -l 10 -m E01001L8 -s 500 -t data -d LTO8`;
  mktape(line);
  const before = fingerprint(`${directory}/E01001L8`);
  const { status, stderr } = mktape(line);
  t.equal(status, 0);
  t.match(stderr, `${directory}/E01001L8 already exists`);
  t.same(fingerprint(`${directory}/E01001L8`), before);
});

t.test('SOURCE_DATE_EPOCH makes the same cartridge again', async (t) => {
  const directory = home(t);
  const line = `-H ${directory} -l 10 -m E01001L8 -s 500 -t data -d LTO8`;
  mktape(line, { SOURCE_DATE_EPOCH: '1700000000' });
  const first = fingerprint(`${directory}/E01001L8`);
  const { mam } = readCartridgeMemory(`${directory}/E01001L8`);
  t.equal(mam.get('serialNumber'), 'E01001L8_1700000000');
  t.equal(mam.get('manufactureDate'), '1700000000');
  fs.rmSync(`${directory}/E01001L8`, { recursive: true });
  mktape(line, { SOURCE_DATE_EPOCH: '1700000000' });
  t.same(fingerprint(`${directory}/E01001L8`), first);
  const wrong = mktape(line, { SOURCE_DATE_EPOCH: 'today' });
  t.equal(wrong.status, 1);
  t.match(wrong.stderr, "SOURCE_DATE_EPOCH is 'today'");
});

t.test('what cannot be understood: status 1, the reason, nothing made', async (t) => {
  const directory = home(t);
  const good = { l: '10', m: 'E01001L8', s: '500', t: 'data', d: 'LTO8' };
  const wrong: [Partial<typeof good>, string | RegExp][] = [
    [{ l: '0' }, 'Invalid library number'],
    [{ l: 'ten' }, 'Invalid library number'],
    [{ m: 'E'.repeat(33) }, 'at most 32 characters'],
    [{ m: '../E01001L8' }, 'letters, digits'],
    [{ s: '5G' }, 'decimal number'],
    [{ s: '99999999999' }, 'No tape is that long'],
    [{ d: 'LTO' }, /'LTO' is not a density this build knows.*LTO1 .*LTO9 .*J1A .*E07/],
  ];
  for (const [option, message] of wrong) {
    const line = Object.entries({ ...good, ...option }).map(([key, value]) => `-${key} ${value}`);
    const { status, stderr } = mktape(`-H ${directory} ${line.join(' ')}`);
    t.equal(status, 1, JSON.stringify(option));
    t.match(stderr, message);
  }
  const { status, stderr } = mktape('');
  t.equal(status, 1);
  t.match(stderr, /error: required option.*Usage: mktape/s);
  t.same(fs.readdirSync(directory), []);
});

t.test('a store that does not take it: status 2', async (t) => {
  const { status, stderr } = mktape('-H /nonexistent -l 10 -m E01001L8 -s 500 -t data -d LTO8');
  t.equal(status, 2);
  t.match(stderr, 'mktape: cannot make the cartridge: ENOENT');
});

t.test('the home directory of the library, from the configuration', async (t) => {
  const directory = t.testdir({ own: {}, home: { 20: {} } });
  const configuration = `${directory}/mhvtl`;
  fs.mkdirSync(configuration);
  const shipped = fs.readFileSync('etc/mhvtl/device.conf', 'utf8');
  fs.writeFileSync(
    `${configuration}/device.conf`,
    shipped.replace(/Home directory: \S+/, `Home directory: ${directory}/own`),
  );
  fs.writeFileSync(`${configuration}/mhvtl.conf`, `MHVTL_HOME_PATH=${directory}/home\n`);
  for (const name of fs.readdirSync('etc/mhvtl').filter((name) => name.startsWith('library_')))
    fs.copyFileSync(`etc/mhvtl/${name}`, `${configuration}/${name}`);
  const call = (library: number) =>
    mktape(`-C ${configuration} -l ${library} -m E01001L8 -s 1 -t data -d LTO8`);
  t.match(call(10), { status: 0, stderr: '' });
  t.ok(fs.existsSync(`${directory}/own/E01001L8/mam`), 'its own');
  t.match(call(20), { status: 0, stderr: '' });
  t.ok(fs.existsSync(`${directory}/home/20/E01001L8/mam`), 'the common one');
  fs.appendFileSync(`${configuration}/device.conf`, '\nLibrary: 99\n');
  const { status, stderr } = call(10);
  t.equal(status, 1);
  t.match(stderr, 'error');
});

t.test('version and help', async (t) => {
  t.same(mktape('-V'), { status: 0, stdout: 'mktape: version 9.8.7\n', stderr: '' });
  const { status, stdout } = mktape('-h');
  t.equal(status, 0);
  t.match(stdout, 'Usage: mktape');
});

t.test(
  'root makes it for the owner of the directory, with no more rights than theirs',
  {
    skip: process.getuid?.() === 0 ? false : 'only root can be somebody else',
  },
  async (t) => {
    /* Not below this file: who owns the home may not get there. */
    const directory = fs.mkdtempSync(join(tmpdir(), 'mhvtl-'));
    t.teardown(() => fs.rmSync(directory, { recursive: true }));
    fs.chownSync(directory, 65534, 65534);
    const words = '-l 10 -s 500 -t data -d LTO8';
    t.equal(mktape(`-H ${directory} -m E01001L8 ${words}`).status, 0);
    for (const name of ['.', ...fs.readdirSync(`${directory}/E01001L8`)])
      t.equal(fs.statSync(`${directory}/E01001L8/${name}`).uid, 65534, name);
    fs.chmodSync(directory, 0o555);
    t.not(
      mktape(`-H ${directory} -m E01002L8 ${words}`).status,
      0,
      'what they may not, root does not',
    );
  },
);
