// SPDX-License-Identifier: GPL-2.0-or-later
// Writes to the cartridge in its argument until it is killed; prints the number of each object it has written.
import { writeSync } from 'node:fs';
import { openCartridge } from '../../src/medium/file-volume.js';

const volume = openCartridge(process.argv[2]!);
for (let position = volume.endOfData(0); ; position++) {
  if (position % 50 === 49) await volume.writeFilemarks(0, position, 1);
  else await volume.write(0, position, Buffer.alloc(1 + ((position * 977) % 30000), position));
  writeSync(1, `${position}\n`);
}
