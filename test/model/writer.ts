// SPDX-License-Identifier: GPL-2.0-or-later
// Writes to the cartridge in its argument until it is killed: blocks and filemarks, compressed as its second argument
// says, going back now and then. Prints `safe N` when a synchronous point has acknowledged N objects, `cut N` before it goes back.
import { writeSync } from 'node:fs';
import { openCartridge } from '../../src/medium/file-volume.js';
import { compressionTypes } from '../../src/medium/volume.js';
import { kindOfObject, objectBytes } from './objects.js';
import { random } from './random.js';

const [, , directory = '', way = 'none', seed = '1'] = process.argv;
const type = compressionTypes.find((known) => known === way);
const compress = type && { type, level: 1 };
const upTo = random(Number(seed));
const volume = openCartridge(directory);
await volume.mount({ vendor: 'IBM', serial: 'XYZZY_A1' });
let position = volume.endOfData(0);
writeSync(1, 'ready\n');
for (;;) {
  const action = upTo(100);
  if (action === 0) {
    position = Math.max(0, position - upTo(20));
    writeSync(1, `cut ${position}\n`);
    await volume.truncate(0, position);
  } else if (action < 4) {
    await volume.flush();
    writeSync(1, `safe ${position}\n`);
  } else {
    if (kindOfObject(position) === 'filemark') await volume.writeFilemarks(0, position, 1);
    else await volume.write(0, position, objectBytes(position), { compress });
    position++;
  }
  if (upTo(8) === 0) await new Promise(setImmediate);
}
