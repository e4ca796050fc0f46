// SPDX-License-Identifier: GPL-2.0-or-later
// A program that is killed while it writes loses nothing it was told is written, and leaves a good cartridge.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buildSync } from 'esbuild';
import t from 'tap';
import { openCartridge } from '../../src/medium/file-volume.js';
import { newCartridge } from '../fixtures/media/cartridges.js';

const PROGRAM = `${t.testdir({})}/writer.mjs`;
buildSync({
  entryPoints: ['test/model/writer.ts'],
  outfile: PROGRAM,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
});

/** Lets the writer run for `milliseconds` after its first object; returns the last number it printed. */
async function writeAndKill(directory: string, milliseconds: number): Promise<number> {
  const writer = spawn(process.execPath, [PROGRAM, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  writer.stdout.on('data', (text) => {
    if (printed === '') setTimeout(() => writer.kill('SIGKILL'), milliseconds);
    printed += text;
  });
  await once(writer, 'close');
  return Number(printed.slice(0, printed.lastIndexOf('\n')).split('\n').at(-1));
}

t.test('ten times', async (t) => {
  const directory = newCartridge(t.testdir({}));
  for (let round = 0; round < 10; round++) {
    const last = await writeAndKill(directory, round * 7);
    const volume = openCartridge(directory);
    const end = volume.endOfData(0);
    t.ok(end === last + 1 || end === last + 2, `${last} was the last printed of ${end}`);
    const into = Buffer.alloc(30000);
    for (let position = 0; position < end; position++) {
      const outcome = await volume.read(0, position, into);
      const length = 1 + ((position * 977) % 30000);
      if (outcome.kind !== (position % 50 === 49 ? 'filemark' : 'block'))
        t.fail(`${outcome.kind} at ${position}`);
      else if (outcome.kind === 'block' && outcome.length !== length)
        t.fail(`${outcome.length} bytes at ${position}`);
    }
    t.equal(volume.kindAt(0, end), 'end of data');
    t.equal(volume.filemarksForward(0, 0, end).found, Math.floor(end / 50));
    await volume.close();
  }
});
