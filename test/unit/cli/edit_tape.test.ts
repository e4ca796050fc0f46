// SPDX-License-Identifier: GPL-2.0-or-later
// edit_tape as people and scripts call it.
import fs from 'node:fs';
import t, { type Test } from 'tap';
import { readCartridgeMemory } from '../../../src/medium/cartridge-files.js';
import { openCartridge } from '../../../src/medium/file-volume.js';
import { fingerprint, newCartridge } from '../../fixtures/media/cartridges.js';
import { format3 } from '../../fixtures/media/old-formats.js';
import { configuration, tool } from '../../support/tool.js';

/* Many calls of a program, each a start of Node. */
t.setTimeout(120_000);

const edit = tool('edit_tape');

/** A configuration with one cartridge, E01001L8, in library 10. */
function place(t: Test): { conf: string; tape: string; home: string } {
  const directory = t.testdir({});
  const conf = configuration(directory);
  const home = `${directory}/home/10`;
  return { conf, home, tape: newCartridge(home) };
}

/** Puts a block of 1000 bytes on it. */
async function fill(tape: string): Promise<void> {
  const volume = openCartridge(tape);
  await volume.write(0, 0, Buffer.alloc(1000, 1));
  await volume.flush();
  await volume.close();
}

t.test('size, also of a cartridge with data', async (t) => {
  const { conf, tape } = place(t);
  await fill(tape);
  const bigger = edit(`-C ${conf} -m E01001L8 -s 2000`);
  t.same(bigger, { status: 0, stdout: 'New capacity for E01001L8: 2000MB\n', stderr: '' });
  t.equal(readCartridgeMemory(tape).mam.get('maximumCapacity'), 2000n << 20n);
  const native = edit(`-C ${conf} -l 10 -m E01001L8 -s 0`);
  t.equal(native.stdout, 'Using native capacity for E01001L8: 11444091MB\n');
  t.equal(readCartridgeMemory(tape).mam.get('maximumCapacity'), 12000000000000n);
});

t.test('what could not be kept is not said to be done', (t) => {
  const { conf, tape } = place(t);
  fs.mkdirSync(`${tape}/mhvtl_data.new/in the way`, { recursive: true });
  const { status, stdout, stderr } = edit(`-C ${conf} -m E01001L8 -w on`);
  t.same({ status, stdout }, { status: 2, stdout: '' });
  t.match(stderr, 'mhvtl_data');
  t.end();
});

t.test('partitions keep their shares', async (t) => {
  const { conf, tape } = place(t);
  const volume = openCartridge(tape);
  await volume.format([100 << 20, 400 << 20]);
  await volume.close();
  t.equal(edit(`-C ${conf} -m E01001L8 -s 1000`).status, 0);
  const again = openCartridge(tape, { readOnly: true });
  t.same([again.capacity(0), again.capacity(1)], [200 << 20, 800 << 20]);
  await again.close();
});

t.test('less than there is on it', async (t) => {
  const { conf, tape } = place(t);
  const volume = openCartridge(tape);
  for (let position = 0; position < 3; position++)
    await volume.write(0, position, Buffer.alloc(1 << 20, position));
  await volume.flush();
  await volume.close();
  const before = fingerprint(tape);
  const { status, stderr } = edit(`-C ${conf} -m E01001L8 -s 2`);
  t.equal(status, 1);
  t.match(stderr, 'partition 0 of E01001L8 holds 3145728 bytes, more than the 2097152');
  t.same(fingerprint(tape), before);
});

t.test('the write-protect switch', async (t) => {
  const { conf, tape } = place(t);
  for (const [word, on] of [
    ['on', true],
    ['off', false],
    ['yes', true],
    ['nonsense', false],
  ] as const) {
    const { stdout } = edit(`-C ${conf} -m E01001L8 -w ${word}`);
    const said = on ? 'Setting write-protect' : 'Turning off write-protect';
    t.equal(stdout, `${said} for E01001L8\n`);
    t.equal(readCartridgeMemory(tape).writeProtected, on, word);
  }
});

t.test('type and density', async (t) => {
  const { conf, tape } = place(t);
  const { stdout } = edit(`-C ${conf} -m E01001L8 -t worm -d LTO6`);
  t.equal(stdout, 'Setting density to LTO6\nSetting media type to WORM\n');
  const { type, use, mam } = readCartridgeMemory(tape);
  t.equal(type.mktapeName, 'LTO6');
  t.equal(use, 'WORM');
  t.equal(mam.get('mediumDensity'), 0x5a);
  t.equal(mam.get('maximumCapacity'), 500n << 20n, 'the capacity stays');
  const json = JSON.parse(edit(`-C ${conf} -m E01001L8 -t clean --json`).stdout);
  t.match(json, { density: 'LTO6', type: 'cleaning', capacity: 500 << 20, writeProtected: false });
});

t.test('what the data on it do not allow', async (t) => {
  const { conf, tape } = place(t);
  await fill(tape);
  const before = fingerprint(tape);
  for (const option of ['-d LTO6', '-t null']) {
    const { status, stderr } = edit(`-C ${conf} -m E01001L8 ${option}`);
    t.equal(status, 1);
    t.match(stderr, 'E01001L8 holds data');
  }
  t.same(fingerprint(tape), before);
  t.equal(edit(`-C ${conf} -m E01001L8 -t WORM`).status, 0);
});

t.test('a cartridge a drive has', async (t) => {
  const { conf, tape } = place(t);
  const volume = openCartridge(tape);
  await volume.mount({ vendor: 'IBM', serial: 'XYZZY_A1' });
  const before = fingerprint(tape);
  const { status, stderr } = edit(`-C ${conf} -m E01001L8 -s 1`);
  t.equal(status, 1);
  t.match(stderr, `${tape} is in use by mhvtl (process ${process.pid})`);
  t.same(fingerprint(tape), before);
  await volume.dismount({ bytesWritten: 0, bytesRead: 0 });
});

t.test('an old cartridge is upgraded', async (t) => {
  const { conf, home } = place(t);
  const tape = format3(home);
  t.equal(edit(`-C ${conf} -m F01030L6 -w on`).status, 0);
  t.ok(fs.existsSync(`${tape}/data.0`));
  t.equal(readCartridgeMemory(tape).writeProtected, true);
});

t.test('what cannot be understood', async (t) => {
  const { conf } = place(t);
  t.match(edit(`-C ${conf} -m E01001L8 -t floppy`), {
    status: 1,
    stderr: /Unknown media type: floppy.*Usage: edit_tape/s,
  });
  t.match(edit(`-C ${conf} -m E09999L8 -s 1`), {
    status: 1,
    stderr: 'there is no cartridge E09999L8 in',
  });
  t.match(edit(`-C ${conf} -l 30 -m E01001L8 -s 1`), { status: 1 });
  t.match(edit(`-C ${conf} -s 1`), { status: 1, stderr: 'required option' });
});
