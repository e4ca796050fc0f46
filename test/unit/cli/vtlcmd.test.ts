// SPDX-License-Identifier: GPL-2.0-or-later
// vtlcmd without daemons: texts people's scripts know, and changes of the configuration.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { vtlcmd } from '../../support/vtlcmd.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
t.setTimeout(110_000);
const program = join(root, 'build/bin/vtlcmd');

/** A configuration of the test's own, and vtlcmd for it. */
function installation(t: Test) {
  const directory = mkdtempSync(join(tmpdir(), 'mhvtl-vtlcmd-'));
  cpSync(join(root, 'etc/mhvtl'), directory, { recursive: true });
  t.teardown(() => rmSync(directory, { recursive: true }));
  const run = (line: string) => {
    const { stdout, stderr, status } = spawnSync(...vtlcmd(line), {
      encoding: 'utf8',
      env: { ...process.env, MHVTL_CONFIG_PATH: directory },
    });
    return { stdout, stderr, status };
  };
  const file = (name: string): string => readFileSync(join(directory, name), 'utf8');
  return { directory, run, file };
}

t.test('what mhvtl 1.8 says about wrong command lines', async (t) => {
  const { run, directory } = installation(t);
  const cases: readonly (readonly [line: string, text: RegExp])[] = [
    ['1x1 load E', /^DeviceNo not numeric: 1x1$/m],
    ['99999 verbose', /^Invalid device number for tape\/library: 99999$/m],
    [
      '99 verbose',
      new RegExp(
        `^No tape/library \\(${directory}/device.conf\\) configured with device number: 99$`,
        'm',
      ),
    ],
    ['11 list map', /^Command for library not allowed$/m],
    ['10 load E01001L8', /^Command for tape not allowed$/m],
    ['11 TapeAlert 0xg', /^Value not hexadecimal: 0xg$/m],
    ['11 nonsense', /^Please check command, parameter 'nonsense' wrong\.$/m],
    ['11 load', /^Please check command, parameter 'load' wrong\.$/m],
    [
      '10 load map E09999L8',
      /^Could not open .*\/E09999L8: No such file or directory\nHint: Use command 'mktape' to create media first$/m,
    ],
    [`11 load ${'x'.repeat(33)}`, /is no barcode of at most 32 characters/],
    ['11 -h', /^Usage: vtlcmd/m],
    ['-v', /^Version: /m],
  ];
  for (const [line, text] of cases) {
    const { stdout, stderr, status } = run(line);
    t.match(stderr, text, line);
    t.equal(status, 1, line);
    t.equal(stdout, '', line);
  }
});

t.test('list, check, completion, version', async (t) => {
  const { run } = installation(t);
  t.match(run('list').stdout, /^ +11 +drive +IBM +ULT3580-TD8 +XYZZY_A1 +library 10 drive 1$/m);
  t.equal(JSON.parse(run('list --json').stdout).length, 10);
  t.match(run('check').stdout, /can be used/);
  t.match(run('version').stdout, /^\d+\.\d+/);
  for (const shell of ['bash', 'zsh', 'fish'])
    t.match(run(`completion ${shell}`).stdout, /append|load/);
  const bash = spawnSync('bash', [
    '-c',
    `source <(${program} completion bash) && complete -p vtlcmd`,
  ]);
  t.equal(bash.status, 0);
  // To zsh `path` is the PATH, and after a colon in a subscript a name is a modifier.
  t.notMatch(run('completion zsh').stdout, /\bpath\b|:COMP_CWORD/);
  const line =
    /^complete -c vtlcmd -f -n (\w+|'[^']*') (-l [\w-]+|-a (\S+|'[^']*'))( -d '([^'\\]|\\.)*')?$/;
  for (const each of run('completion fish').stdout.trim().split('\n').slice(1)) t.match(each, line);
  const completed = (line: string): string[] => {
    const words = line.split(' ');
    const { stdout } = spawnSync('bash', [
      '-c',
      `source <(${program} completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _vtlcmd; printf '%s\\n' "\${COMPREPLY[@]}"`,
      ...['bash', ...words],
    ]);
    return String(stdout).trim().split('\n');
  };
  t.same(completed('vtlcmd comp'), ['']);
  t.same(completed('vtlcmd ap'), ['apply']);
  t.same(completed('vtlcmd add dr'), ['drive']);
  t.same(completed('vtlcmd add drive --pr'), ['--product']);
  t.same(completed('vtlcmd add drive 15 --product ULT3580-TD9'), ['ULT3580-TD9']);
  t.same(completed('vtlcmd add library --preset ibm-ts4500-lto9'), ['ibm-ts4500-lto9']);
  t.same(completed('vtlcmd add library --drives 2 --ho'), ['--home']);
  t.same(completed('vtlcmd status --w'), ['--watch']);
  t.same(completed('vtlcmd 11 app'), ['append']);
  t.same(completed('vtlcmd 11 append '), ['only']);
  t.same(completed('vtlcmd 11 append only '), ['yes', 'no']);
  t.equal(run('completion tcsh').status, 1);
});

t.test('a drive is added and removed; nothing else changes', async (t) => {
  const { run, file } = installation(t);
  const [device, contents] = [file('device.conf'), file('library_contents.10')];
  const shown = run('add drive 15 --library 10 --product ULT3580-TD8 --dry-run');
  t.match(shown.stdout, /^\+Drive: 15 CHANNEL: 00 TARGET: 05 LUN: 00$/m);
  t.match(shown.stdout, /^\+ Library ID: 10 Slot: 05$/m);
  t.match(shown.stdout, /^\+Drive 5:$/m);
  t.match(shown.stdout, /^then: systemctl start vtltape@15.service$/m);
  t.equal(file('device.conf'), device, 'a dry run writes nothing');
  // Whatever systemd runs on this host is no business of this configuration.
  const added = run('add drive 15 --library 10 --product ULT3580-TD8');
  t.match(
    added.stdout,
    /^The units of systemd serve \/etc\/mhvtl, not .*\. To do by hand: systemctl start vtltape@15\.service$/m,
  );
  t.equal(added.status, 0);
  t.match(run('apply').stderr, /: start and stop vtltape and vtllibrary by hand/);
  t.match(run('list').stdout, /^ +15 +drive +IBM +ULT3580-TD8 +XYZZY_A5 +library 10 drive 5$/m);
  t.match(run('check').stdout, /can be used/);
  const again = run('add drive 15 --library 10 --product ULT3580-TD8');
  t.match(
    again.stderr,
    /Nothing was changed:[\s\S]*Drive 15 has the unit number 15, which Drive 15/,
  );
  t.equal(again.status, 1);
  t.equal(run('remove drive 15').status, 0);
  t.equal(file('device.conf'), device);
  t.equal(file('library_contents.10'), contents);
});

t.test('cartridges no drive takes', async (t) => {
  const { run, directory, file } = installation(t);
  const contents = file('library_contents.10')
    .replace('E01001L8', 'E01001L1')
    .replace('E01002L8', 'E01002L1')
    .replace('E01003L8', 'J01003JB');
  writeFileSync(join(directory, 'library_contents.10'), contents);
  const { stdout, status } = run('check');
  t.match(
    stdout,
    /library_contents\.10: .*no drive of library 10 takes LTO1 cartridges, as E01001L1 is, and 1 more/,
  );
  t.match(stdout, /no drive of library 10 takes E05 cartridges, as J01003JB is\n/);
  t.match(stdout, /Its drives are ULT3580-TD8, ULT3580-TD6\. Add a drive/);
  t.equal(status, 0, 'a warning');
});

t.test('slots, cartridges, libraries', async (t) => {
  const { run, file, directory } = installation(t);
  t.match(run('add slot 2 --library 10').stdout, /added Slot 40 to 41/);
  t.match(file('library_contents.10'), /Slot 39: F01039L6\nSlot 40:\nSlot 41:\n/);
  t.match(run('remove slot 5 --library 10').stderr, /Slot 5 holds E01005L8: move it away first/);
  t.equal(run('remove slot 41 --library 10').status, 0);
  t.match(run('remove cartridge E01005L8 --library 10').stdout, /removed E01005L8/);
  t.match(file('library_contents.10'), /^Slot 5:$/m);
  t.match(run('add cartridge NOSUFFIX --library 10').stderr, /does not say what cartridge it is/);
  const home = join(directory, 'media');
  const add = 'add library --preset stk-l700-lto8 --drives 2 --slots 3 --cartridges 2';
  t.equal(run(`${add} --home ${home}`).status, 0);
  t.match(run('check').stdout, /can be used/);
  t.match(run('list').stdout, /library +STK +L700[\s\S]*library +STK +L700/);
  t.ok(readFileSync(join(home, 'V15001L8/mam')).length > 0);
  t.match(run('remove library 77').stderr, /There is no library 77/);
  t.match(run('remove library 15').stdout, /still on disk/);
  t.match(run('check').stdout, /can be used/);
});

t.test('what the product of a library has no room for', async (t) => {
  const { run, file, directory } = installation(t);
  const before = file('library_contents.10');
  const long = run('add cartridge A234567890123456L8 --library 10');
  t.match(
    long.stderr,
    /Nothing was changed:[\s\S]*the barcode A234567890123456L8 in Slot 21 has 18 characters[\s\S]*reads at most 16\. Shorten it/,
  );
  t.equal(long.status, 1);
  t.match(
    run('add slot 65000 --library 10').stderr,
    /has addresses for 6\d{4} of kind Slot; 39 are/,
  );
  t.match(run('add map 500 --library 10').stderr, /has addresses for \d+ of kind MAP; 4 are there/);
  t.match(run('add slot 0 --library 10').stderr, /It is a number from 1 to 65535/);
  t.equal(file('library_contents.10'), before);
  writeFileSync(
    join(directory, 'library_contents.10'),
    before.replace('E01001L8', 'A234567890123456L8'),
  );
  t.match(run('check').stdout, /the barcode A234567890123456L8 in Slot 1 has 18 characters/);
  writeFileSync(join(directory, 'library_contents.10'), `${before}MAP 999:\n`);
  const outside = run('check');
  t.match(outside.stdout, /library 10 leaves out MAP 999: .* has addresses for \d+\n/);
  t.equal(outside.status, 0, 'a warning');
});

t.test(
  'a library that does not run has moved cartridges: a change of its file knows',
  async (t) => {
    const { run, file, directory } = installation(t);
    const contents = join(directory, 'library_contents.10');
    writeFileSync(
      join(directory, 'device.conf'),
      file('device.conf').replace('PERSIST: False', 'PERSIST: True'),
    );
    const moved = file('library_contents.10')
      .replace('Slot 1: E01001L8', 'Slot 1:')
      .replace('Slot 21:', 'Slot 21: E01001L8');
    writeFileSync(`${contents}.persist`, moved);
    utimesSync(contents, 1, 1);
    t.equal(run('add slot --library 10').status, 0);
    t.match(file('library_contents.10'), /^Slot 1:$[\s\S]*^Slot 21: E01001L8$[\s\S]*^Slot 40:$/m);
  },
);

t.test('what a change has written before it failed is told', async (t) => {
  const { run, file, directory } = installation(t);
  const add = 'add drive 15 --library 10 --product ULT3580-TD8';
  mkdirSync(join(directory, 'library_contents.10.new'));
  const half = run(add);
  t.match(half.stderr, /^The configuration was changed in part, only .*\/device\.conf: /);
  t.equal(half.status, 1);
  t.match(file('device.conf'), /^Drive: 15 /m);
  mkdirSync(join(directory, 'device.conf.new'));
  const none = run('remove drive 15');
  t.match(none.stderr, /^The configuration was not changed: /);
  t.equal(none.status, 1);
});

t.test('rights of the files stay; what may not be written is told as such', async (t) => {
  const { run, directory } = installation(t);
  const contents = join(directory, 'library_contents.10');
  chmodSync(contents, 0o640);
  t.equal(run('add slot --library 10').status, 0);
  t.equal(statSync(contents).mode & 0o777, 0o640);
  t.notOk(existsSync(`${contents}.new`));
  const { stderr, status } = run('metrics --output /proc/nowhere/mhvtl.prom');
  t.match(stderr, /^ENOENT: no such file or directory, open '\/proc\/nowhere\/mhvtl\.prom\.new'$/m);
  t.notMatch(stderr, / at /, 'and no trace of the stack');
  t.equal(status, 1);
});
