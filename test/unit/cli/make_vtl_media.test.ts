// SPDX-License-Identifier: GPL-2.0-or-later
// make_vtl_media as people and the units call it.
import fs from 'node:fs';
import t from 'tap';
import { readCartridgeMemory } from '../../../src/medium/cartridge-files.js';
import { openCartridge } from '../../../src/medium/file-volume.js';
import { fingerprint } from '../../fixtures/media/cartridges.js';
import { configuration, tool } from '../../support/tool.js';

const make = tool('make_vtl_media');

const CONTENTS = {
  10: [
    'Slot 1: E01001L8',
    'Slot 2: E01002L9',
    'Slot 3: E01003LT',
    'Slot 4: CLN101L8',
    'Slot 5:',
    'Slot 6: E01006JC',
    'MAP 2: W01007L6',
    'Picker 2: E01008TC',
  ].join('\n'),
  30: 'Slot 1: G03001TA\nSlot 2: E01001L8',
};

t.test('every barcode of every library, in the library’s own home', async (t) => {
  const directory = t.testdir({});
  const conf = configuration(directory, CONTENTS);
  const { status, stdout, stderr } = make(`-C ${conf}`);
  t.same({ status, stderr }, { status: 0, stderr: '' });
  t.match(stdout, /9 made, 0 there already\n$/);
  const expected: [string, string, string][] = [
    ['10/E01001L8', 'LTO8', 'data'],
    ['10/E01002L9', 'LTO9', 'data'],
    ['10/E01003LT', 'LTO3', 'WORM'],
    ['10/CLN101L8', 'LTO8', 'cleaning'],
    ['10/E01006JC', 'E06', 'data'],
    ['10/W01007L6', 'LTO6', 'WORM'],
    ['10/E01008TC', 'T10KC', 'data'],
    ['30/G03001TA', 'T10KA', 'data'],
    ['30/E01001L8', 'LTO8', 'data'],
  ];
  for (const [place, density, use] of expected) {
    const memory = readCartridgeMemory(`${directory}/home/${place}`);
    t.equal(memory.type.mktapeName, density, place);
    t.equal(memory.use, use, place);
    t.equal(memory.mam.get('maximumCapacity'), 64n << 20n, 'CAPACITY of mhvtl.conf');
  }
});

t.test('what exists is left, and said', async (t) => {
  const directory = t.testdir({});
  const conf = configuration(directory, CONTENTS);
  make(`-C ${conf} -l 10`);
  const tape = `${directory}/home/10/E01001L8`;
  const before = fingerprint(tape);
  const again = make(`-C ${conf} -v`);
  t.equal(again.status, 0);
  t.match(again.stdout, `${tape} already exists`);
  t.match(again.stdout, '2 made, 7 there already');
  t.same(fingerprint(tape), before);
  const forced = make(`-C ${conf} -f -l 10`, { SOURCE_DATE_EPOCH: '1' });
  t.match(forced.stdout, '7 made, 0 there already');
  t.strictNotSame(fingerprint(tape), before);
});

t.test('JSON, one home for all, and directories to be made', async (t) => {
  const directory = t.testdir({});
  const conf = configuration(directory, CONTENTS);
  const missing = make(`-C ${conf} -H ${directory}/all`);
  t.equal(missing.status, 2);
  t.match(missing.stderr, 'make_vtl_media: cannot make the cartridge: ENOENT');
  const { status, stdout } = make(`-C ${conf} -H ${directory}/all -c --json`);
  t.equal(status, 0);
  const { tapes, unknown } = JSON.parse(stdout);
  t.equal(tapes.length, 8, 'E01001L8 is in both libraries');
  t.same(unknown, []);
  t.match(tapes[0], { barcode: 'CLN101L8', made: true, type: 'cleaning', capacity: 64 << 20 });
  t.equal(fs.readdirSync(`${directory}/all`).length, 8);
});

t.test('below the root of an image', async (t) => {
  const directory = t.testdir({ image: {} });
  const conf = configuration(directory, CONTENTS);
  const { status, stdout } = make(`-C ${conf} -c --root ${directory}/image --json`);
  t.equal(status, 0);
  t.same(JSON.parse(stdout).homes, [`${directory}/home/10`, `${directory}/home/30`]);
  t.ok(fs.existsSync(`${directory}/image/${directory}/home/10/E01001L8/mam`));
  t.same(fs.readdirSync(`${directory}/home/10`), []);
});

t.test('a barcode that says nothing: the others are made, status 1', async (t) => {
  const directory = t.testdir({});
  const conf = configuration(directory, { 10: 'Slot 1: E01001L8\nSlot 2: M00101' });
  const { status, stdout, stderr } = make(`-C ${conf}`);
  t.equal(status, 1);
  t.match(stdout, '1 made');
  t.match(stderr, 'M00101 does not say what cartridge it is');
});

t.test('no configuration', async (t) => {
  const { status, stderr } = make(`-C ${t.testdir({})}`);
  t.equal(status, 1);
  t.match(stderr, 'device.conf');
});

t.test('--force leaves a cartridge that is in use, and makes the others anew', async (t) => {
  const directory = t.testdir({});
  const conf = configuration(directory, CONTENTS);
  make(`-C ${conf} -l 30`);
  const home = `${directory}/home/30`;
  const volume = openCartridge(`${home}/G03001TA`, { holder: 'vtltape@11' });
  await volume.write(0, 0, Buffer.from('kept'));
  await volume.flush();
  fs.writeFileSync(`${home}/E01001L8/old`, '');
  const { status, stdout, stderr } = make(`-C ${conf} -l 30 --force --json`);
  t.equal(status, 1);
  t.match(stderr, /G03001TA is in use by vtltape@11/);
  t.match(JSON.parse(stdout), {
    tapes: [{ barcode: 'E01001L8', made: true }],
    inUse: ['G03001TA'],
  });
  t.notOk(fs.existsSync(`${home}/E01001L8/old`));
  const into = Buffer.alloc(4);
  await volume.read(0, 0, into);
  t.equal(String(into), 'kept');
  await volume.close();
  t.equal(make(`-C ${conf} -l 30 --force`).status, 0);
});
