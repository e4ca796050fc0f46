// SPDX-License-Identifier: GPL-2.0-or-later
// A program that is killed while it writes loses nothing that a synchronous point acknowledged, and leaves a cartridge
// that loads. ROUNDS lengthens the run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import t, { type Test } from 'tap';
import { openCartridge } from '../../src/medium/file-volume.js';
import { newCartridge } from '../fixtures/media/cartridges.js';
import { wrongObject } from './objects.js';
import { random } from './random.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 60);
/** A busy machine gets no further in that time, and need not. */
const LONG_ENOUGH_MS = 30_000;
const WRITERS = 4;
const HOME = t.testdir({});
const PROGRAM = `${HOME}/writer.mjs`;
symlinkSync(resolve('build/bin/mhvtl.node'), `${HOME}/mhvtl.node`);
buildSync({
  entryPoints: ['test/model/writer.ts'],
  outfile: PROGRAM,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
});

/** Lets the writer run for `milliseconds` once it is ready; returns how many objects it was told are safe. */
async function writeAndKill(
  directory: string,
  seed: number,
  safe: number,
  milliseconds: number,
): Promise<number> {
  const writer = spawn(process.execPath, [PROGRAM, directory, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  writer.stdout.on('data', (text) => {
    if (printed === '') setTimeout(() => writer.kill('SIGKILL'), milliseconds);
    printed += text;
  });
  await once(writer, 'close');
  let objects = safe;
  for (const line of printed.slice(0, printed.lastIndexOf('\n') + 1).split('\n')) {
    const [word, number] = line.split(' ');
    if (word === 'safe') objects = Number(number);
    if (word === 'cut') objects = Math.min(objects, Number(number));
  }
  return objects;
}

async function run(t: Test, barcode: string, seed: number): Promise<void> {
  const upTo = random(seed);
  const directory = newCartridge(HOME, barcode);
  const end = Date.now() + LONG_ENOUGH_MS;
  let safe = 0;
  for (let round = 0; round < ROUNDS && t.passing() && Date.now() < end; round++) {
    safe = await writeAndKill(directory, seed + round, safe, upTo(60));
    const volume = openCartridge(directory);
    const objects = volume.endOfData(0);
    t.ok(objects >= safe, `round ${round}: ${objects} objects, of which ${safe} are safe`);
    t.equal(await wrongObject(volume, Math.max(0, safe - 300)), undefined);
    await volume.close();
  }
  const volume = openCartridge(directory);
  t.equal(await wrongObject(volume), undefined, 'all of it');
  await volume.close();
}

t.setTimeout(115_000);
t.test(`${WRITERS} writers, each killed ${ROUNDS} times`, { timeout: 110_000 }, async (t) => {
  const seeds = Array.from({ length: WRITERS }, (_, writer) => 1000 * (writer + 1));
  await Promise.all(seeds.map((seed, writer) => run(t, `E0100${writer}L8`, seed)));
});
