// SPDX-License-Identifier: GPL-2.0-or-later
// Blocks on their way to the store: in whichever thread they are packed, the files are the same; memory is bounded.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import t from 'tap';
import { openCartridge } from '../../../src/medium/file-volume.js';
import { type StoreCalls, systemCalls } from '../../../src/medium/store-calls.js';
import { type Compression, compressionTypes } from '../../../src/medium/volume.js';
import { newCartridge } from '../../fixtures/media/cartridges.js';
import { random } from '../../model/random.js';
import { bundled } from '../../support/program.js';

t.setTimeout(110_000);

/** Half text, half noise, of 1 byte to 100 KiB, and filemarks between. */
function objects(): (Buffer | undefined)[] {
  const upTo = random(11);
  return Array.from({ length: 400 }, (_, number) => {
    if (number % 50 === 7) return undefined;
    const block = Buffer.alloc(1 + upTo(100 << 10), `block ${number} `);
    const noise = upTo(block.length);
    for (let at = 0; at < noise; at += 4) block[at] = upTo(256);
    return block;
  });
}

async function writeAll(directory: string, compress?: Compression, calls?: StoreCalls) {
  const volume = openCartridge(directory, calls && { calls });
  for (const [position, block] of objects().entries())
    if (block) await volume.write(0, position, block, { compress });
    else await volume.writeFilemarks(0, position, 1);
  await volume.flush();
  await volume.close();
}

for (const type of [...compressionTypes, undefined])
  t.test(`${type ?? 'plain'}: threads and calls write the same files`, async (t) => {
    const home = t.testdir({});
    const compress = type && { type, level: 1 };
    const written: string[] = [];
    const calls: StoreCalls = {
      ...systemCalls,
      write: (file, parts, offset) => {
        written.push(file.path.replace(/.*\//, ''));
        return systemCalls.write(file, parts, offset);
      },
    };
    await writeAll(newCartridge(home, 'THREADL8'), compress);
    await writeAll(newCartridge(home, 'CALLS1L8'), compress, calls);
    for (const name of ['data.0', 'indx.0', 'meta.0'])
      t.ok(
        fs
          .readFileSync(`${home}/THREADL8/${name}`)
          .equals(fs.readFileSync(`${home}/CALLS1L8/${name}`)),
        name,
      );
    const objectsOnly = written.filter((name) => name !== 'meta.0');
    t.equal(objectsOnly[0], 'data.0', 'what is pointed at goes first');
    t.ok(objectsOnly.includes('indx.0'));
  });

t.test('a host that pauses leaves no block in memory, whoever writes', async (t) => {
  const directory = newCartridge(t.testdir({}));
  const volume = openCartridge(directory, { calls: { ...systemCalls } });
  const records = () => fs.statSync(`${directory}/indx.0`).size / 512;
  for (const position of [0, 1, 2]) {
    await volume.write(0, position, Buffer.alloc(20_000, 7));
    for (let tries = 0; records() <= position && tries < 40; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    t.equal(records(), position + 1);
  }
  await volume.close();
});

t.test('more data than memory', async (t) => {
  const home = fs.existsSync('/dev/shm') ? fs.mkdtempSync('/dev/shm/mhvtl-test-') : t.testdir({});
  t.teardown(() => fs.rmSync(home, { recursive: true, force: true }));
  const mostMemory = () =>
    Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))![1]) / 1024;
  /* From here on. */
  fs.writeFileSync('/proc/self/clear_refs', '5');
  const before = mostMemory();
  const volume = openCartridge(newCartridge(home));
  const upTo = random(3);
  const block = Buffer.from(
    Uint8Array.from({ length: 1 << 20 }, (_, at) => upTo(at % 4 ? 9 : 256)),
  );
  const compress: Compression = { type: 'lzo', level: 1 };
  const count = 256;
  for (let position = 0; position < count; position++)
    await volume.write(0, position, block, { compress });
  const into = Buffer.alloc(block.length);
  for (let position = 0; position < count; position++) await volume.read(0, position, into);
  t.ok(into.equals(block));
  await volume.close();
  t.ok(mostMemory() - before < 128, `${mostMemory() - before} MiB more than before`);
});

t.test('a process that ends at once ends, whatever is on its way', (t) => {
  const program = bundled('test/unit/medium/fixtures/exits.ts', t.testdir({}));
  const directory = newCartridge(t.testdirName);
  const { status } = spawnSync(process.execPath, [program, directory], { timeout: 60_000 });
  t.equal(status, 7);
  t.end();
});
