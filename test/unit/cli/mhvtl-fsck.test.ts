// SPDX-License-Identifier: GPL-2.0-or-later
// mhvtl-fsck against cartridges with every kind of damage: it finds it, mends it, and keeps what it replaces.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import t from 'tap';
import { openCartridge } from '../../../src/medium/file-volume.js';
import {
  copySample,
  fingerprint,
  newCartridge,
  sampleFile,
} from '../../fixtures/media/cartridges.js';
import { format3, format5 } from '../../fixtures/media/old-formats.js';
import { BLOCK, cut, poke, smallCartridge } from '../../fixtures/media/spoiled.js';
import { configuration, tool } from '../../support/tool.js';

/* Many calls of a program, each a start of Node. */
t.setTimeout(120_000);

const fsck = tool('mhvtl-fsck');
const RECORD = 512;

/** Objects that can be read, to the end of data. */
async function readable(directory: string): Promise<number> {
  const volume = openCartridge(directory, { readOnly: true });
  const end = volume.endOfData(0);
  for (let position = 0; position < end; position++)
    await volume.read(0, position, Buffer.alloc(80000));
  t.equal(volume.kindAt(0, end), 'end of data');
  await volume.close();
  return end;
}

t.test('whole cartridges', async (t) => {
  const directory = await smallCartridge(t);
  const before = fingerprint(directory);
  t.same(fsck(directory), { status: 0, stdout: 'E01001L8: whole\n', stderr: '' });
  t.equal(fsck(`${directory} --repair`).status, 0);
  t.same(fingerprint(directory), before);
  const old = format3(t.testdir({}));
  t.same(fsck(old), { status: 0, stdout: 'F01030L6: whole\n', stderr: '' });
  t.equal(fsck(copySample(t.testdir({}), 'S00003L8')).status, 0);
});

type Damage = readonly [
  what: string,
  spoil: (directory: string) => void,
  problem: RegExp,
  objects: number,
];

const MENDABLE: readonly Damage[] = [
  [
    'a torn record',
    (d) => cut(`${d}/indx.0`, 100),
    /object 5: .*indx\.0 ends 412 bytes into record 5/,
    5,
  ],
  [
    'data nobody points at',
    (d) => fs.appendFileSync(`${d}/data.0`, 'tail'),
    /data\.0 has 4 bytes behind/,
    6,
  ],
  ['a torn last block', (d) => poke(`${d}/data.0`, 3999, '00'), /object 5: .* does not match/, 5],
  [
    'a map that counts too few',
    (d) => poke(`${d}/meta.0`, 0, '01000000'),
    /meta\.0 is cut or has a tail/,
    6,
  ],
  [
    'a map that is wrong',
    (d) => poke(`${d}/meta.0`, 516, '05000000'),
    /lists 2 filemarks, which are not/,
    6,
  ],
  ['no map', (d) => fs.rmSync(`${d}/meta.0`), /meta\.0 is missing/, 6],
  [
    'a mark of a drive',
    (d) => {
      const path = `${d}/mhvtl_data`;
      poke(path, fs.readFileSync(path).indexOf(Buffer.from('01000100', 'hex')) + 4, '01');
    },
    /never gave it back/,
    6,
  ],
];

t.test('what --repair mends, with a copy of what it replaced', async (t) => {
  for (const [what, spoil, problem, objects] of MENDABLE) {
    const directory = await smallCartridge(t);
    spoil(directory);
    const before = fingerprint(directory);
    const found = fsck(directory);
    t.equal(found.status, 4, what);
    t.match(found.stdout, problem, what);
    t.match(found.stdout, '(--repair mends it)', what);
    t.same(fingerprint(directory), before, 'looking changes nothing');
    const mended = fsck(`--repair ${directory}`);
    t.equal(mended.status, 1, `${what}: ${mended.stdout}${mended.stderr}`);
    t.match(mended.stdout, ': MENDED\n', what);
    t.same(fsck(directory).stdout, 'E01001L8: whole\n', what);
    t.equal(await readable(directory), objects, what);
    const copies = /what was replaced is kept in (.*)\n/.exec(mended.stdout)?.[1];
    if (what !== 'no map') t.ok(copies && fs.readdirSync(copies).length > 0, what);
  }
});

t.test('the copies are what was there', async (t) => {
  const directory = await smallCartridge(t);
  cut(`${directory}/indx.0`, 100);
  const { stdout } = fsck(`-r ${directory} --json`);
  const [report] = JSON.parse(stdout);
  t.same(fs.readdirSync(report.copies).sort(), ['data.0.from-3000', 'indx.0.from-2560', 'meta.0']);
  t.ok(fs.readFileSync(`${report.copies}/data.0.from-3000`).equals(BLOCK));
  t.equal(fs.statSync(`${report.copies}/indx.0.from-2560`).size, 412);
});

t.test('a file that two remedies change is kept as it was before the first', async (t) => {
  const directory = await smallCartridge(t);
  poke(`${directory}/meta.0`, 516, '03000000');
  cut(`${directory}/indx.0`, 100);
  const meta = fs.readFileSync(`${directory}/meta.0`);
  t.equal(fsck(`${directory} --repair`).status, 1);
  const saved = fs.readdirSync(directory).find((name) => name.endsWith('.saved'))!;
  t.same(fs.readFileSync(`${directory}/${saved}/meta.0`), meta);
});

t.test('a pipe in the place of an index is looked at, not waited for', async (t) => {
  const directory = await smallCartridge(t);
  fs.rmSync(`${directory}/indx.0`);
  execFileSync('mkfifo', [`${directory}/indx.0`]);
  const { status, stdout, stderr } = fsck(directory);
  t.not(status, 0);
  t.match(stdout + stderr, /indx\.0.*no regular file/);
});

t.test('a block that is bad in the middle cannot be mended, and nothing is cut', async (t) => {
  const directory = await smallCartridge(t);
  poke(`${directory}/data.0`, 1500, '00');
  const before = fingerprint(directory);
  for (const option of ['', '--repair', '--repair --cut']) {
    const { status, stdout } = fsck(`${option} ${directory}`);
    t.equal(status, 4);
    t.match(stdout, /partition 0: object 2: .* does not match its checksum \(cannot be mended/);
  }
  t.same(fingerprint(directory), before);
  t.equal(fsck(`--quick ${directory}`).status, 0, 'blocks are not read');
});

t.test('lost objects are given up only when that is said', async (t) => {
  const spoils: [string, (directory: string) => void, number][] = [
    ['the index of a copy that stopped', (d) => cut(`${d}/indx.0`, 2 * RECORD), 4],
    [
      'no map, and data it may have known',
      (d) => {
        cut(`${d}/indx.0`, 2 * RECORD);
        fs.rmSync(`${d}/meta.0`);
      },
      4,
    ],
    ['no data', (d) => fs.truncateSync(`${d}/data.0`), 0],
    ['a record of zeros', (d) => poke(`${d}/indx.0`, 3 * RECORD, '00'.repeat(512)), 3],
  ];
  for (const [what, spoil, objects] of spoils) {
    const directory = await smallCartridge(t);
    spoil(directory);
    const before = fingerprint(directory);
    const kept = fsck(`--repair ${directory}`);
    t.equal(kept.status, 4, what);
    t.match(kept.stdout, `--repair --cut makes object ${objects} the end of data`);
    t.same(fingerprint(directory), before, what);
    t.equal(fsck(`--repair --cut ${directory}`).status, 1, what);
    t.equal(await readable(directory), objects, what);
  }
});

t.test('an interrupted upgrade', async (t) => {
  const directory = format5(
    t.testdir({}),
    sampleFile('S00003L8', 'mam'),
    sampleFile('S00003L8', 'mhvtl_data'),
  );
  fs.renameSync(`${directory}/data`, `${directory}/data.0`);
  t.match(fsck(directory).stdout, 'an upgrade from format 5 to 6 was interrupted');
  t.match(fsck(`-r ${directory}`).stdout, 'was interrupted: MENDED');
  t.ok(fs.existsSync(`${directory}/indx.0`) && !fs.existsSync(`${directory}/indx`));
  t.equal(await readable(directory), 5);
});

t.test('what is no cartridge any more', async (t) => {
  const directory = await smallCartridge(t);
  fs.rmSync(`${directory}/mhvtl_data`);
  const { status, stdout } = fsck(`-r ${directory}`);
  t.equal(status, 4);
  t.match(stdout, /mhvtl_data is missing.*\(cannot be mended/);
});

t.test('all cartridges of all libraries; JSON', async (t) => {
  const directory = t.testdir({});
  const conf = configuration(directory);
  newCartridge(`${directory}/home/10`, 'A00001L8');
  const bad = newCartridge(`${directory}/home/30`, 'B00001L8');
  fs.appendFileSync(`${bad}/data.0`, 'x');
  const { status, stdout } = fsck(`-C ${conf} --all --json`);
  t.equal(status, 4);
  t.match(JSON.parse(stdout), [
    { barcode: 'A00001L8', mended: [], left: [] },
    { barcode: 'B00001L8', left: [{ partition: 0, remedy: { kind: 'cut', objects: 0 } }] },
  ]);
  t.equal(fsck(`-C ${conf} --all -l 10`).stdout, 'A00001L8: whole\n');
  t.equal(fsck(`-C ${conf} A00001L8`).status, 0);
});

t.test('what cannot be done', async (t) => {
  const directory = await smallCartridge(t);
  const conf = configuration(`${directory}/..`);
  t.match(fsck(''), { status: 16, stderr: 'name a cartridge' });
  t.match(fsck('--nonsense'), { status: 16, stderr: 'unknown option' });
  t.match(fsck(`-C ${conf} NONE01L8`), { status: 8, stderr: 'there is no cartridge NONE01L8' });
  const volume = openCartridge(directory);
  t.match(fsck(`--repair ${directory}`), {
    status: 8,
    stderr: `is in use by mhvtl (process ${process.pid})`,
  });
  await volume.close();
});
