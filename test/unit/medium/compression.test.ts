// SPDX-License-Identifier: GPL-2.0-or-later
// Blocks in every compression, and sealed: what is written is read, other programs find the streams they know, and
// reading ahead changes nothing.
import fs from 'node:fs';
import { inflateSync } from 'node:zlib';
import t from 'tap';
import { openCartridge } from '../../../src/medium/file-volume.js';
import { type Compression, compressionTypes, type Seal } from '../../../src/medium/volume.js';
import { newCartridge, thrownBy } from '../../fixtures/media/cartridges.js';
import { random } from '../../model/random.js';

/* Syncs take their time on a busy disk. */
t.setTimeout(110_000);

const SIZES = [1, 2, 511, 4096, 8191, 8192, 65536, 262144, 1 << 20];

/** Blocks of every size that compress well, and not at all. */
function blocks(): Buffer[] {
  const upTo = random(7);
  return SIZES.flatMap((size) => [
    Buffer.alloc(size, 'The quick brown fox jumps over the lazy dog. '),
    Buffer.from(Uint8Array.from({ length: size }, () => upTo(256))),
  ]);
}

/** A seal nobody should use: it adds 16 bytes and turns all bits. */
const seal: Seal = {
  seal: (payload) => Buffer.concat([Buffer.alloc(16, 1), payload.map((byte) => byte ^ 0xff)]),
  unauthenticatedData: Buffer.from('who'),
  authenticatedData: Buffer.from('what'),
};
const unseal = { unseal: (payload: Uint8Array) => payload.slice(16).map((byte) => byte ^ 0xff) };

for (const type of [...compressionTypes, undefined]) {
  for (const sealing of [undefined, seal]) {
    t.test(`${type ?? 'plain'}${sealing ? ', sealed' : ''}`, async (t) => {
      const compress: Compression | undefined = type && { type, level: 1 };
      const directory = newCartridge(t.testdir({}));
      const volume = openCartridge(directory);
      const all = blocks();
      for (const [position, block] of all.entries())
        await volume.write(0, position, block, { compress, seal: sealing });
      t.ok(volume.used(0, all.length) >= 0);
      await volume.flush();
      t.same(volume.buffered, { objects: 0, bytes: 0 });
      t.equal(volume.used(0, all.length), fs.statSync(`${directory}/data.0`).size);
      for (const round of ['written just now', 'opened again']) {
        const reader = round === 'opened again' ? openCartridge(directory) : volume;
        for (const [position, block] of all.entries()) {
          const into = Buffer.alloc(block.length + 1);
          t.same(await reader.read(0, position, into, { unseal }), {
            kind: 'block',
            length: block.length,
          });
          if (!into.subarray(0, block.length).equals(block)) t.fail(`${round}: block ${position}`);
          const info = await reader.blockInfo(0, position);
          t.equal(info.size, block.length);
          t.ok(info.storedSize <= block.length + (sealing ? 16 : 0), 'never longer');
          t.equal(info.encryption, sealing ? 'sealed' : 'none');
          t.same(Buffer.from(info.authenticatedData), Buffer.from(sealing ? 'what' : ''));
        }
        if (sealing)
          t.equal((await thrownBy(() => reader.read(0, 0, Buffer.alloc(1)))).fault, 'sealed');
        await reader.close();
      }
    });
  }
}

t.test('zlib streams are those of zlib', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const volume = openCartridge(directory);
  const block = Buffer.alloc(100_000, 'abcdefg');
  for (let level = 1; level <= 9; level++)
    await volume.write(0, level - 1, block, { compress: { type: 'zlib', level } });
  await volume.flush();
  const data = fs.readFileSync(`${directory}/data.0`);
  for (let position = 0; position < 9; position++)
    t.ok(inflateSync(data.subarray(volume.used(0, position))).equals(block));
  await volume.close();
});

t.test('reading on, back, and over what is written meanwhile', async (t) => {
  const volume = openCartridge(newCartridge(t.testdir({})));
  const compress: Compression = { type: 'lz4', level: 1 };
  const block = (number: number): Buffer => Buffer.alloc(20_000, `${number} `);
  const into = Buffer.alloc(20_000);
  for (let number = 0; number < 600; number++)
    if (number % 100 === 99) await volume.writeFilemarks(0, number, 1);
    else await volume.write(0, number, block(number), { compress });
  const expect = async (number: number): Promise<void> => {
    const outcome = await volume.read(0, number, into);
    if (number % 100 === 99) t.equal(outcome.kind, 'filemark');
    else if (!into.equals(block(number))) t.fail(`block ${number}`);
  };
  for (let number = 0; number < 600; number++) await expect(number);
  for (let number = 599; number >= 0; number -= 7) await expect(number);
  for (let number = 0; number < 50; number++) await expect(number);
  await volume.write(0, 51, block(1), { compress });
  await expect(50);
  await volume.read(0, 51, into);
  t.ok(into.equals(block(1)));
  t.same(await volume.read(0, 52, into), { kind: 'end of data' });
  await volume.close();
});
