// SPDX-License-Identifier: GPL-2.0-or-later
// Opens the cartridge in its argument, as the drive of unit 12, says `open` and keeps it until it is ended.
import { writeSync } from 'node:fs';
import { openCartridge } from '../../../../src/medium/file-volume.js';

const volume = openCartridge(process.argv[2] ?? '', { holder: 'vtltape@12' });
writeSync(1, `open ${volume.barcode}\n`);
setInterval(() => {}, 1000);
process.once('SIGTERM', async () => {
  await volume.close();
  process.exit(0);
});
