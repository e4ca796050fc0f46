// SPDX-License-Identifier: GPL-2.0-or-later
// Both volumes against a tape of forty lines, by random operations. SEED and STEPS repeat or lengthen a run.
import t, { type Test } from 'tap';
import { typeByMktapeName } from '../../src/medium/cartridge-types.js';
import { openCartridge } from '../../src/medium/file-volume.js';
import { MemoryVolume } from '../../src/medium/memory-volume.js';
import type { Volume } from '../../src/medium/volume.js';
import { newCartridge } from '../fixtures/media/cartridges.js';
import { random } from './random.js';
import { ReferenceTape } from './reference-tape.js';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1e9);
const STEPS = Number(process.env['STEPS'] ?? 1500);
const DRIVE = { vendor: 'IBM', serial: 'XYZZY_A1' };

/** Everything that can be asked of `volume` at a random place has the answer of `tape`. */
async function compare(t: Test, volume: Volume, tape: ReferenceTape, upTo: (n: number) => number) {
  const end = tape.objects.length;
  const position = upTo(end + 2);
  const count = upTo(5);
  const room = upTo(3000);
  const asked = new Uint8Array(room);
  const expected = new Uint8Array(room);
  t.same(
    {
      read: await volume.read(0, position, asked),
      bytes: asked,
      end: volume.endOfData(0),
      kind: volume.kindAt(0, position),
      used: volume.used(0, Math.min(position, end)),
      forward: volume.filemarksForward(0, position, count),
      backward: volume.filemarksBackward(0, position, count),
    },
    {
      read: tape.read(position, expected),
      bytes: expected,
      end,
      kind: tape.kindAt(position),
      used: tape.used(position),
      forward: tape.filemarks(position, count, 1),
      backward: tape.filemarks(position, count, -1),
    },
  );
}

/** `reopen` gives the volume back to its shelf and takes it again. */
async function run(t: Test, first: Volume, reopen: (volume: Volume) => Promise<Volume>) {
  const upTo = random(SEED);
  const tape = new ReferenceTape();
  let volume = first;
  for (let step = 0; step < STEPS && t.passing(); step++) {
    const end = tape.objects.length;
    const position = upTo(15) === 0 ? upTo(end + 1) : end;
    const action = upTo(100);
    if (action < 60) {
      const block = Uint8Array.from({ length: 1 + upTo(2500) }, () => upTo(256));
      tape.write(position, block);
      await volume.write(0, position, block);
    } else if (action < 80) {
      const count = upTo(4);
      tape.writeFilemarks(position, count);
      await volume.writeFilemarks(0, position, count);
    } else if (action < 85) {
      tape.truncate(position);
      await volume.truncate(0, position);
    } else if (action < 88) volume = await reopen(volume);
    else await volume.flush();
    await compare(t, volume, tape, upTo);
  }
  t.comment(`${STEPS} steps, SEED=${SEED}`);
  await volume.close();
}

t.test(`the cartridge on disk, SEED=${SEED}`, async (t) => {
  const directory = newCartridge(t.testdir({}));
  await run(t, openCartridge(directory), async (volume) => {
    await volume.close();
    return openCartridge(directory);
  });
});

t.test(`the cartridge in memory, SEED=${SEED}`, async (t) => {
  const type = typeByMktapeName('LTO8')!;
  await run(t, new MemoryVolume({ type }), async (volume) => {
    await volume.dismount({ bytesWritten: 0, bytesRead: 0 });
    await volume.mount(DRIVE);
    return volume;
  });
});
