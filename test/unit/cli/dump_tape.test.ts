// SPDX-License-Identifier: GPL-2.0-or-later
// dump_tape as people and scripts call it.
import fs from 'node:fs';
import t, { type Test } from 'tap';
import { openCartridge } from '../../../src/medium/file-volume.js';
import {
  copySample,
  fingerprint,
  newCartridge,
  objectsOf,
  sha256,
} from '../../fixtures/media/cartridges.js';
import { format3 } from '../../fixtures/media/old-formats.js';
import { configuration, tool } from '../../support/tool.js';

/* Many calls of a program, each a start of Node. */
t.setTimeout(120_000);

const dump = tool('dump_tape');

function place(t: Test): { conf: string; home: string } {
  const directory = t.testdir({});
  return { conf: configuration(directory), home: `${directory}/home/10` };
}

t.test('the lines of mhvtl 1.8', async (t) => {
  const { conf, home } = place(t);
  const tape = newCartridge(home);
  const volume = openCartridge(tape);
  await volume.write(0, 0, Buffer.from('123456789'));
  await volume.writeFilemarks(0, 1, 1);
  await volume.flush();
  await volume.close();
  const before = fingerprint(tape);
  const { status, stdout, stderr } = dump(`-C ${conf} -m E01001L8 -l 10 -v`);
  t.same({ status, stderr }, { status: 0, stderr: '' });
  /* The check value of CRC-32C is that of these nine digits. */
  t.same(stdout.split('\n'), [
    `mam from ${tape}`,
    'Dumping partition 0',
    'Media density code: 0x5e',
    'Media type code   : 0x14',
    'Media description : Ultrium 8/32T',
    'Tape Capacity     : 524288000 (500 MBytes)',
    'Media type        : Normal data',
    'Media             : read-write',
    'Remaining Tape Capacity : 524287991 (499 MBytes)',
    'Total num of filemarks: 1',
    'Filemark at 1',
    'Hdr:non-compressed with crc        (0x0b/0x08), sz:      9/9     , Blk No.:       0, data_offset:          0, CRC: e3069283',
    'Hdr:Filemark                       (0x03/0x00), sz:      0/0     , Blk No.:       1, data_offset:          9, CRC: 00000000',
    'Hdr:End of Data                    (0x05/0x00), sz:      0/0     , Blk No.:       2, data_offset:          9, CRC: 00000000',
    '',
  ]);
  t.same(fingerprint(tape), before);
});

t.test('every object once, also of a long tape; data on demand', async (t) => {
  const { conf, home } = place(t);
  copySample(home, 'S00003L8');
  const { stdout } = dump(`-C ${conf} -m S00003L8`);
  t.equal(stdout.match(/^Hdr:/gm)?.length, objectsOf('S00003L8').length + 1);
  const data = dump(`-C ${conf} -m S00003L8 -D`);
  t.equal(data.status, 0);
  t.match(data.stdout, 'c_pos->blk_size: 65536\n\n\n');
  t.match(data.stdout, 'Filemark at block : 0 , skipping');
});

t.test('keys are not printed', async (t) => {
  const { conf, home } = place(t);
  const tape = newCartridge(home);
  const volume = openCartridge(tape);
  await volume.write(0, 0, Buffer.from('clear'));
  await volume.flush();
  await volume.close();
  const indx = fs.readFileSync(`${tape}/indx.0`);
  indx.writeUInt32LE(0x0a, 12);
  indx.writeUInt32LE(32, 32);
  indx.write('secret key, 32 bytes of it here!', 48);
  fs.writeFileSync(`${tape}/indx.0`, indx);
  for (const option of ['', '-v', '-D', '--json']) {
    const { stdout, stderr } = dump(`-C ${conf} -m E01001L8 ${option}`);
    t.notMatch(stdout + stderr, 'secret');
    t.notMatch(stdout, Buffer.from('secret').toString('hex'));
    t.match(stdout, option === '--json' ? '"flags":10' : 'Hdr:Encrypt/non-compressed with crc');
  }
});

t.test('the files on the tape as files', async (t) => {
  const { conf, home } = place(t);
  copySample(home, 'S00003L8');
  const out = `${home}/../../out`;
  const { status, stdout } = dump(`-C ${conf} -m S00003L8 --extract ${out}`);
  t.equal(status, 0);
  t.match(stdout, /^p0-file00000: 0 bytes \(empty\)\np0-file00001: /);
  const { files } = JSON.parse(fs.readFileSync(`${out}/listing.json`, 'utf8'));
  const objects = objectsOf('S00003L8');
  let file = 0;
  let at = 0;
  for (const object of objects)
    if (object[0] === 'filemark') {
      t.equal(files[file].filemark, true);
      t.equal(files[file].bytes, at, `length of file ${file}`);
      file++;
      at = 0;
    } else {
      const bytes = fs.readFileSync(`${out}/${files[file].path}`).subarray(at, at + object[1]);
      t.equal(sha256(bytes), object[2], `file ${file} at ${at}`);
      at += object[1];
    }
  const again = dump(`-C ${conf} -m S00003L8 --extract ${out}`);
  t.equal(again.status, 2, 'files that are there are not overwritten');
});

t.test('a block that cannot be read: the others are written, and it is said', async (t) => {
  const { conf, home } = place(t);
  const tape = copySample(home, 'S00003L8');
  const data = fs.readFileSync(`${tape}/data.0`);
  data[65536 + 7]! ^= 1;
  fs.writeFileSync(`${tape}/data.0`, data);
  const { status, stderr } = dump(`-C ${conf} -m S00003L8 --extract ${home}/../out`);
  t.equal(status, 2);
  t.match(stderr, /partition 0, file 1: object 2 in .* does not match its checksum/);
  t.equal(dump(`-C ${conf} -m S00003L8 -D`).status, 2);
  const json = dump(`-C ${conf} -m S00003L8 -D --json`);
  t.equal(json.status, 2);
  t.match(JSON.parse(json.stdout).partitions[0].objects[2].damage, 'does not match its checksum');
  t.equal(
    dump(`-C ${conf} -m S00003L8 --json`).status,
    0,
    'blocks are read when that is asked for',
  );
});

t.test('objects that are lost are not passed over', async (t) => {
  const { conf, home } = place(t);
  const tape = copySample(home, 'S00003L8');
  fs.truncateSync(`${tape}/data.0`, 65536 + 7);
  const out = dump(`-C ${conf} -m S00003L8 --extract ${home}/../out`);
  t.equal(out.status, 2);
  t.match(out.stderr, /partition 0, file \d+: partition 0 is damaged from object \d+ on/);
  const json = dump(`-C ${conf} -m S00003L8 --json`);
  t.equal(json.status, 2);
  t.match(JSON.parse(json.stdout).partitions[0].damage, /is damaged from object \d+ on/);
});

t.test('a partition that is damaged does not hide the next', async (t) => {
  const { conf, home } = place(t);
  const tape = newCartridge(home);
  const volume = openCartridge(tape);
  await volume.format([1 << 20, 1 << 20]);
  for (const partition of [0, 1]) await volume.write(partition, 0, Buffer.alloc(1000, 1));
  await volume.flush();
  await volume.close();
  fs.truncateSync(`${tape}/data.0`, 7);
  const { status, stdout, stderr } = dump(`-C ${conf} -m E01001L8`);
  t.equal(status, 2);
  t.match(stderr, /partition 0 is damaged from object 0 on/);
  t.match(stdout, /^Dumping partition 1$[\s\S]*Blk No\.: +0,/m);
});

t.test('JSON, and an old cartridge', async (t) => {
  const { conf, home } = place(t);
  const tape = format3(home);
  const before = fingerprint(tape);
  const json = JSON.parse(dump(`-C ${conf} -m F01030L6 --json`).stdout);
  t.match(json, { format: 3, density: 'LTO6', loads: 7, partitions: [{ capacity: 500 << 20 }] });
  t.equal(json.partitions[0].objects.length, 5);
  t.match(json.partitions[0].objects[1], { kind: 'block', size: 70000, offset: 30 });
  t.same(fingerprint(tape), before);
});

t.test('what cannot be done', async (t) => {
  const { conf } = place(t);
  t.match(dump(`-C ${conf} -m NONE01L8`), { status: 1, stderr: 'there is no cartridge NONE01L8' });
  t.match(dump(`-C ${conf}`), { status: 1, stderr: 'required option' });
});
