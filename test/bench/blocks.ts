// SPDX-License-Identifier: GPL-2.0-or-later
// Makes a cartridge with many objects: blocks of 64 bytes, and a filemark in each hundredth place.
//
//   blocks HOME BARCODE OBJECTS
import { typeByMktapeName } from '../../src/medium/cartridge-types.js';
import { createCartridge } from '../../src/medium/create.js';
import { openCartridge } from '../../src/medium/file-volume.js';

async function main([home, barcode, objects]: string[]): Promise<void> {
  createCartridge(home!, {
    barcode: barcode!,
    type: typeByMktapeName('LTO8')!,
    use: 'data',
    capacity: 0,
    createdAt: 0,
  });
  const volume = openCartridge(`${home}/${barcode}`);
  await volume.mount({ vendor: 'MHVTL', serial: 'BENCH' });
  const block = new Uint8Array(64);
  for (let number = 0; number < Number(objects); number++) {
    if (number % 100 === 99) await volume.writeFilemarks(0, number, 1);
    else await volume.write(0, number, block, {});
  }
  await volume.dismount({ bytesWritten: 0, bytesRead: 0 });
}

void main(process.argv.slice(2));
