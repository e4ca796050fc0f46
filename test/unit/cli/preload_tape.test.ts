// SPDX-License-Identifier: GPL-2.0-or-later
// preload_tape as people and scripts call it.
import fs from 'node:fs';
import t, { type Test } from 'tap';
import { openCartridge } from '../../../src/medium/file-volume.js';
import { fingerprint, newCartridge } from '../../fixtures/media/cartridges.js';
import { configuration, tool } from '../../support/tool.js';

/* Many calls of a program, each a start of Node. */
t.setTimeout(120_000);

const preload = tool('preload_tape');
const TEXT = Buffer.from('all work and no play '.repeat(1000));

function place(t: Test): { conf: string; tape: string; file: string; small: string } {
  const directory = t.testdir({ file: TEXT, small: 'x'.repeat(10) });
  const conf = configuration(directory);
  const tape = newCartridge(`${directory}/home/10`);
  return { conf, tape, file: `${directory}/file`, small: `${directory}/small` };
}

/** Lengths of the blocks, `f` for a filemark, and all bytes. */
async function contents(tape: string): Promise<{ objects: (number | 'f')[]; bytes: Buffer }> {
  const volume = openCartridge(tape, { readOnly: true });
  const objects: (number | 'f')[] = [];
  const blocks: Buffer[] = [];
  for (let position = 0; position < volume.endOfData(0); position++) {
    const into = Buffer.alloc(1 << 16);
    const outcome = await volume.read(0, position, into);
    if (outcome.kind !== 'block') objects.push('f');
    else {
      objects.push(outcome.length);
      blocks.push(into.subarray(0, outcome.length));
    }
  }
  await volume.close();
  return { objects, bytes: Buffer.concat(blocks) };
}

t.test('files, block by block, a filemark after each', async (t) => {
  const { conf, tape, file, small } = place(t);
  const { status, stdout, stderr } = preload(
    `-C ${conf} -m E01001L8 -F ${file} ${small} -b 8192 -v`,
  );
  t.same({ status, stderr }, { status: 0, stderr: '' });
  t.equal(stdout, `${file}: 21000 bytes in 3 blocks\n${small}: 10 bytes in 1 blocks\n`);
  const { objects, bytes } = await contents(tape);
  t.same(objects, [8192, 8192, 4616, 'f', 10, 'f']);
  t.ok(bytes.equals(Buffer.concat([TEXT, Buffer.from('x'.repeat(10))])));
  const { mam } = openCartridge(tape, { readOnly: true });
  t.equal(mam.get('writtenInLife'), 21010n);
  t.equal(mam.get('loadCount'), 1n);
  t.equal(mam.get('volumeChangeReference'), 1);
  t.match(Buffer.from(mam.get('lastLoad')).toString(), 'preload_tape');
});

t.test('what cannot be read is found out before data are overwritten', (t) => {
  const { conf, tape, small } = place(t);
  preload(`-C ${conf} -m E01001L8 -F ${small} -b 8`);
  const before = fingerprint(tape);
  const { status, stderr } = preload(`-C ${conf} -m E01001L8 -o -F ${small} ${conf} -b 8`);
  t.equal(status, 1);
  t.match(stderr, 'is a directory');
  t.same(fingerprint(tape), before);
  t.end();
});

t.test('data there are: refused, kept, or replaced', async (t) => {
  const { conf, tape, file, small } = place(t);
  preload(`-C ${conf} -m E01001L8 -F ${small} -b 8`);
  const before = fingerprint(tape);
  const refused = preload(`-C ${conf} -m E01001L8 -F ${file} -b 8192`);
  t.equal(refused.status, 1);
  t.match(refused.stderr, 'E01001L8 holds data: say --append or --overwrite');
  t.same(fingerprint(tape), before);
  t.equal(preload(`-C ${conf} -m E01001L8 -F ${small} -b 10 --append`).status, 0);
  t.same((await contents(tape)).objects, [8, 2, 'f', 10, 'f']);
  const { stdout } = preload(`-C ${conf} -m E01001L8 -F ${small} -b 5 --overwrite --json`);
  t.match(JSON.parse(stdout).written, [{ file: small, bytes: 10, blocks: 2 }]);
  t.same((await contents(tape)).objects, [5, 5, 'f']);
});

t.test('compression', async (t) => {
  for (const word of ['LZO', 'zlib', 'NONE', 'zstd', 'lz4']) {
    const { conf, tape, file } = place(t);
    t.equal(preload(`-C ${conf} -m E01001L8 -F ${file} -b 8192 -c ${word}`).status, 0, word);
    t.ok((await contents(tape)).bytes.equals(TEXT), word);
  }
});

t.test('a cartridge that ends before the file', async (t) => {
  const { conf, tape, file } = place(t);
  const big = `${file}.big`;
  fs.writeFileSync(big, Buffer.alloc(3 << 20));
  fs.rmSync(tape, { recursive: true });
  const edit = tool('mktape');
  edit(`-C ${conf} -l 10 -m E01001L8 -s 1 -t data -d LTO8`);
  const { status, stderr } = preload(`-C ${conf} -m E01001L8 -F ${big} -b 65536`);
  t.equal(status, 2);
  t.match(stderr, `E01001L8 is full after 1048576 bytes of ${big}`);
  t.equal((await contents(tape)).objects.length, 16, 'what was written is there');
});

t.test('what cannot be done', async (t) => {
  const { conf, tape, file } = place(t);
  for (const [line, message] of [
    [`-m E01001L8 -F ${file} -b 0`, '1 to 16777216 bytes'],
    [`-m E01001L8 -F ${file} -b 1 -c rar`, 'Allowed: none, lzo'],
    [`-m E09999L8 -F ${file} -b 1`, 'there is no cartridge E09999L8'],
    ['-m E01001L8 -b 1', "required option '-F"],
  ] as const)
    t.match(preload(`-C ${conf} ${line}`), { status: 1, stderr: message });
  t.match(preload(`-C ${conf} -m E01001L8 -F ${file}.not -b 1`), { status: 2, stderr: 'ENOENT' });
  t.equal((await contents(tape)).objects.length, 0);
});
