// SPDX-License-Identifier: GPL-2.0-or-later
// New partitions on a cartridge, and what a format leaves that was interrupted.
import fs from 'node:fs';
import { dirname } from 'node:path';
import t, { type Test } from 'tap';
import { openCartridge } from '../../../src/medium/file-volume.js';
import { fingerprint, newCartridge, thrownBy } from '../../fixtures/media/cartridges.js';

/** A cartridge with one block in partition 0. */
async function cartridge(t: Test): Promise<string> {
  const directory = newCartridge(t.testdir({}));
  const volume = openCartridge(directory);
  await volume.write(0, 0, Buffer.from('old'));
  await volume.close();
  return directory;
}

t.test('partitions of the sizes asked for, which stay', async (t) => {
  const directory = await cartridge(t);
  const volume = openCartridge(directory);
  await volume.format([1000, 2000, 3000]);
  await volume.write(2, 0, Buffer.from('new'));
  const check = (of: typeof volume): void => {
    t.equal(of.partitionCount, 3);
    t.same(
      [0, 1, 2].map((number) => of.capacity(number)),
      [1000, 2000, 3000],
    );
    t.same(
      [0, 1, 2].map((number) => of.endOfData(number)),
      [0, 0, 1],
    );
  };
  check(volume);
  await volume.close();
  const again = openCartridge(directory);
  check(again);
  await again.format([500]);
  t.equal(again.partitionCount, 1);
  await again.close();
  t.same(
    fs.readdirSync(directory).sort(),
    ['data.0', 'indx.0', 'mam', 'meta.0', 'mhvtl_data'],
    'nothing is left of the others',
  );
});

t.test('interrupted before it was decided: the old data are there', async (t) => {
  const directory = await cartridge(t);
  fs.mkdirSync(`${directory}/format.new`);
  fs.writeFileSync(`${directory}/format.new/data.0`, '');
  const volume = openCartridge(directory);
  t.equal(volume.endOfData(0), 1);
  await volume.format([1000]);
  await volume.close();
  t.notOk(fs.existsSync(`${directory}/format.new`), 'the next format removes what was left');
});

t.test(
  'interrupted after it was decided: the next load completes it, a reader says so',
  async (t) => {
    const directory = await cartridge(t);
    const other = newCartridge(dirname(directory), 'E01002L8');
    const done = `${directory}/format.done`;
    fs.mkdirSync(done);
    for (const number of [0, 1])
      for (const kind of ['data', 'indx', 'meta'])
        fs.copyFileSync(`${other}/${kind}.0`, `${done}/${kind}.${number}`);
    fs.writeFileSync(`${done}/partitions`, Uint8Array.of(2));
    const before = fingerprint(`${directory}/format.done`);
    const error = await thrownBy(() => openCartridge(directory, { readOnly: true }));
    t.equal(error.fault, 'damaged');
    t.match(error.message, 'being formatted');
    t.same(fingerprint(done), before, 'a reader changes nothing');
    const volume = openCartridge(directory);
    t.equal(volume.partitionCount, 2);
    t.equal(volume.endOfData(0), 0);
    await volume.close();
    t.notOk(fs.existsSync(done));
  },
);
