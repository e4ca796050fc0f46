// SPDX-License-Identifier: GPL-2.0-or-later
// A barcode finds a cartridge in the homes, and nothing else on the disk.
import { mkdirSync } from 'node:fs';
import t from 'tap';
import { findCartridge } from '../../../src/daemon/drive-cartridges.js';

t.test('homes are searched in order', async (t) => {
  const root = t.testdir({ first: {}, second: { E01001L8: {} } });
  const homes = [`${root}/first`, `${root}/second`];
  t.equal(findCartridge(homes, 'E01001L8', 'vtltape@11')?.barcode, 'E01001L8');
  t.equal(findCartridge(homes, 'E01002L8', 'vtltape@11'), undefined);
});

t.test('what is no barcode is no path', async (t) => {
  const root = t.testdir({ home: { E01001L8: {} }, outside: {} });
  mkdirSync(`${root}/home/TOOLONGABARCODEOFTHIRTYTHREECHARS`);
  for (const barcode of [
    '../outside',
    '.',
    '..',
    '',
    '/etc',
    'E01001L8/',
    'TOOLONGABARCODEOFTHIRTYTHREECHARS',
  ])
    t.equal(
      findCartridge([`${root}/home`], barcode, 'vtltape@11'),
      undefined,
      JSON.stringify(barcode),
    );
});
