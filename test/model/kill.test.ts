// SPDX-License-Identifier: GPL-2.0-or-later
// A program that is killed while it writes, with every compression and with none, loses nothing that a synchronous point
// acknowledged, and leaves a cartridge that loads. ROUNDS lengthens the run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t, { type Test } from 'tap';
import { openCartridge } from '../../src/medium/file-volume.js';
import { compressionTypes } from '../../src/medium/volume.js';
import { newCartridge } from '../fixtures/media/cartridges.js';
import { bundled } from '../support/program.js';
import { wrongObject } from './objects.js';
import { random } from './random.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 50);
const WAYS = ['none', ...compressionTypes] as const;
type Way = (typeof WAYS)[number];
/** Kills in one run; a busy machine may take longer for them. */
const ENOUGH = Math.min(200, ROUNDS * WAYS.length);
const LONG_ENOUGH_MS = 40_000;
const HOME = t.testdir({});
const PROGRAM = bundled('test/model/writer.ts', HOME);

/** Lets the writer run for `milliseconds` once it is ready; returns how many objects it was told are safe. */
async function writeAndKill(
  directory: string,
  way: Way,
  seed: number,
  safe: number,
  milliseconds: number,
): Promise<number> {
  const writer = spawn(process.execPath, [PROGRAM, directory, way, String(seed)], {
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

let kills = 0;

async function run(t: Test, way: Way, barcode: string, seed: number): Promise<void> {
  const upTo = random(seed);
  const directory = newCartridge(HOME, barcode);
  const end = Date.now() + LONG_ENOUGH_MS;
  let safe = 0;
  for (let round = 0; round < ROUNDS && t.passing(); round++) {
    if (kills >= ENOUGH && Date.now() > end) break;
    safe = await writeAndKill(directory, way, seed + round, safe, upTo(60));
    kills++;
    const volume = openCartridge(directory);
    const objects = volume.endOfData(0);
    t.ok(objects >= safe, `${way}, round ${round}: ${objects} objects, of which ${safe} are safe`);
    t.equal(await wrongObject(volume, Math.max(0, safe - 300)), undefined);
    await volume.close();
  }
  const volume = openCartridge(directory);
  t.equal(await wrongObject(volume), undefined, 'all of it');
  await volume.close();
}

t.setTimeout(115_000);
t.test(`a writer for each of ${WAYS.join(', ')}`, { timeout: 110_000 }, async (t) => {
  await Promise.all(WAYS.map((way, i) => run(t, way, `E0100${i}L8`, 1000 * (i + 1))));
  t.ok(kills >= ENOUGH, `${kills} kills`);
});
