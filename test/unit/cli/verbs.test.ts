// SPDX-License-Identifier: GPL-2.0-or-later
// The verbs of vtlcmd against a library and a drive on a real bus.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { withoutRecord } from '../../../src/config/edit-text.js';
import { driveOnBus } from '../../../src/daemon/drive-bus.js';
import { libraryOnBus } from '../../../src/daemon/library-bus.js';
import { bus, until } from '../../dbus/bus.js';
import { drive11 } from '../../dbus/drive.js';
import { library10, noLog } from '../../dbus/library.js';
import { installation } from '../../support/vtlcmd.js';

t.setTimeout(100_000);
t.before(() => bus.start());
t.teardown(() => bus.cleanUp());

async function daemons(t: Test) {
  const drive = await drive11(() => onBus[0]!.check());
  const library = await library10(() => onBus[1]!.check());
  const onBus = [
    driveOnBus(drive.parts, drive.administration, bus.address),
    libraryOnBus(library.parts, library.administration, noLog, bus.address),
  ];
  t.teardown(() => {
    for (const each of onBus) each.close();
  });
  for (let turns = 0; turns < 100; turns++) {
    const names = await bus.ctl('list', '--acquired', '--no-legend');
    if (names.includes('Drive11') && names.includes('Library10')) break;
    await sleep(30);
  }
  const installed = installation(t, bus.address);
  // Units without a daemon are waited for where there is a message queue.
  const conf = join(installed.directory, 'device.conf');
  const others = [12, 13, 14, 30, 31, 32, 33, 34];
  writeFileSync(conf, others.reduce(withoutRecord, installed.file('device.conf')));
  rmSync(join(installed.directory, 'library_contents.30'));
  return { drive, library, ...installed };
}

t.test('load, unload, move, inventory', async (t) => {
  const { run, library } = await daemons(t);
  const { elements } = library.changer;
  t.same(await run('load 11 E01001L8'), { stdout: 'OK\n', stderr: '', status: 0 });
  t.equal(elements.numbered('data transfer', 1)?.cartridge?.barcode, 'E01001L8');
  t.match((await run('inventory')).stdout, /^ +10 +Drive 1 +\d+ +E01001L8$/m);
  const elsewhere = await run('load 11 E09999L8');
  t.match(elsewhere.stderr, /^E09999L8 is not in library 10\. To put it in: vtlcmd add cartridge/);
  t.equal(elsewhere.status, 1);
  t.equal((await run('load 11 CLN101L8')).status, 2, 'it is full');
  t.equal((await run('unload 11')).stdout, 'E01001L8 to slot:1\n');
  t.match((await run('unload 11')).stderr, /^Drive 11 is empty$/m);
  t.equal((await run('move slot:1 slot:3')).stdout, 'OK\n');
  t.equal((await run('move E01001L8 slot:1 --library 10')).stdout, 'OK\n');
  t.equal(elements.numbered('storage', 1)?.cartridge?.barcode, 'E01001L8');
  t.match((await run('load 99 E01001L8')).stderr, /There is no drive 99 in .* There are: 11/);
  t.match((await run('load x E01001L8')).stderr, /'x' is invalid for argument 'drive'/);
});

t.test('set, and what it keeps', async (t) => {
  const { run, file, drive, library } = await daemons(t);
  t.match((await run('set 11')).stdout, /^compression +none +lzo, zlib, lz4, zstd or none$/m);
  t.match((await run('set 11')).stdout, /^delay-rewind +0 /m);
  t.equal((await run('set 11 timing 20x')).stdout, 'timing 20x\n');
  t.equal(drive.parts.pace.scale, 1 / 20);
  t.equal((await run('set 11 append-only yes')).stdout, 'OK\n');
  t.match((await run('set 11')).stdout, /^append-only +yes /m);
  t.equal((await run('set 11 delay-rewind 7')).status, 0);
  t.match((await run('set 11')).stdout, /^delay-rewind +7 /m);
  t.equal((await run('set 11 log-level 4')).stdout, 'log level 4\n');
  t.equal((await run('set 11 write-protect yes')).status, 2, 'there is no cartridge');
  const before = file('device.conf');
  t.equal((await run('set 11 compression zstd --save')).status, 0);
  t.equal(drive.drive.compressor?.type, 'zstd');
  t.equal((await run('set 11 timing real --save')).status, 0);
  const lines = (text: string): string[] => text.split('\n');
  const added = lines(file('device.conf')).filter((line) => !lines(before).includes(line));
  t.same(added, [' Compression type: zstd', ' timing: real']);
  t.equal(lines(file('device.conf')).length, lines(before).length + 1);
  t.equal((await run('check')).status, 0);
  t.match(
    (await run('set 11 append-only no --save')).stderr,
    /lasts until the daemon ends; device\.conf can keep: compression, timing/,
  );
  t.equal((await run('set 10 map open')).stdout, 'OK\n');
  t.match((await run('set 10')).stdout, /^map +open /m);
  t.equal((await run('set 10 map closed')).stdout, 'OK\n');
  t.equal((await run('set 10 online no')).stdout, 'OK\n');
  t.equal(library.changer.online, false);
  t.match((await run('set 10 map ajar')).stderr, /map is none of open, closed: "ajar"/);
  t.match(
    (await run('set 10 color red')).stderr,
    /A library has no setting "color". It has: timing/,
  );
});

t.test('faults', async (t) => {
  const { run, directory, drive, library } = await daemons(t);
  t.equal((await run('faults')).stdout, 'no faults\n');
  t.match((await run('faults kinds')).stdout, /^medium-error +drive +block= .*3\/11\/00/m);
  t.equal((await run('faults add 11 medium-error --block 1000')).stdout, '11: fault 1\n');
  t.equal((await run('faults add 10 robot-jam')).stdout, '10: fault 1\n');
  t.match((await run('faults')).stdout, /^ +11 +1 +medium-error +block=1000 +0$/m);
  t.equal(JSON.parse((await run('faults --json')).stdout).length, 2);
  t.equal((await run('faults remove 10 1')).stdout, 'OK\n');
  t.equal(library.parts.faults.size, 0);
  t.equal((await run('faults remove 11 9')).status, 2);
  const many = Array.from({ length: 60 }, () => 'busy opcode=0xff');
  for (const text of many) drive.parts.faults.add(text.split(' '));
  t.equal(JSON.parse((await run('faults --json')).stdout).length, 61, 'more than one message has');
  drive.parts.faults.remove('all');

  const scenario = join(directory, 'scenario');
  writeFileSync(
    scenario,
    '# Two things go wrong.\n\n11 faults add slow ms=20 count=1\nwait 0.1\n11 log 7\n10 offline\n',
  );
  t.equal((await run(`faults run ${scenario} --dry-run`)).stdout, '4 lines are understood\n');
  t.equal(drive.parts.faults.size, 0);
  t.match((await run(`faults run ${scenario}`)).stdout, /^5: 11 log 7$[\s\S]*^4 lines done$/m);
  t.equal(drive.parts.faults.size, 1);
  t.equal(drive.parts.verbosity.level, 7);
  t.equal(library.changer.online, false);
  writeFileSync(scenario, '11 log 1\nwait long\n11 logg 3\nfaults add 11\nhello\n');
  const wrong = await run(`faults run ${scenario}`);
  t.equal(wrong.status, 1);
  t.same(wrong.stderr.trimEnd().split('\n'), [
    'Nothing was done:',
    `${scenario}:2: wait takes a number of seconds, at most 86400`,
    `${scenario}:3: logg 3 is no command`,
    `${scenario}:4: faults add takes a unit or barcode, and a fault`,
    `${scenario}:5: hello is no unit; there are also "wait" and "faults add"`,
  ]);
  t.equal(drive.parts.verbosity.level, 7, 'and nothing was');
  writeFileSync(scenario, '11 log 1\n11 faults add quake\n11 log 2\n');
  const refused = await run(`faults run ${scenario}`);
  t.match(refused.stderr, /scenario:2: 11 faults add quake: a drive has no fault "quake"/);
  t.equal(refused.status, 2);
  t.equal(drive.parts.verbosity.level, 1, 'it ends there');
});

t.test('status again and again, and products', async (t) => {
  const { run, start } = await daemons(t);
  const watching = start('status --watch 0.1');
  let seen = '';
  watching.stdout.on('data', (chunk) => {
    seen += String(chunk);
  });
  await until(() => (seen.match(/^UNIT/gm) ?? []).length >= 2, 'a second table');
  watching.kill();
  t.match(seen, /^ +11 +drive 1 +IBM ULT3580-TD8 +empty/m);
  const products = (await run('products')).stdout;
  t.match(products, /ULT3580-TD9/);
  t.match(products, /^ibm-ts4500-lto9 +IBM 03584L32 +ULT3580-TD9 /m);
  t.ok(JSON.parse((await run('products --json')).stdout).drives.length > 20);
});
