// SPDX-License-Identifier: GPL-2.0-or-later
// What a library writes down, and that it is there again after any end: read by it, and by mhvtl 1.8.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import type { MediaChanger } from '../../../src/smc/changer.js';
import { driveEjected } from '../../../src/smc/drive-contents.js';
import { setUp as setUpLibrary } from './library-rig.js';

const contents = `VERSION: 2
Drive 1:
Drive 2:
Picker 1:
MAP 1:
MAP 2:
Slot 1: E01001L8
Slot 2: E01002L8
Slot 3: E01003L8
Slot 4:
`;

const setUp = (t: Test, persist: 'yes' | 'no' = 'yes') => setUpLibrary(t, { contents, persist });

const slot = (number: number) => ({ type: 'storage', number }) as const;
const drive = (number: number) => ({ type: 'data transfer', number }) as const;
const map = (number: number) => ({ type: 'import/export', number }) as const;

/** Everything the library knows of its cartridges. */
const inventory = ({ elements }: MediaChanger) =>
  elements.all.flatMap((element) =>
    element.cartridge
      ? [
          [
            element.type,
            element.number,
            element.cartridge.barcode,
            element.cartridge.sourceStorageElement,
            element.type === 'data transfer' && element.ejected,
            element.type === 'import/export' && element.placedByOperator,
          ],
        ]
      : [],
  );

t.test('positions survive a power cut', async (t) => {
  const { start, kept, mail } = setUp(t);
  const before = await start();
  await before.operator.move(slot(1), drive(1));
  await before.operator.move(slot(2), drive(2));
  await before.operator.move(slot(3), map(2));
  driveEjected(before.changer, before.changer.elements.of('data transfer')[1]!);
  mail.holds.get(12)!.ejected = true;
  before.operator.addSlot();
  t.same(inventory((await start()).changer), inventory(before.changer));
  t.equal((await start()).changer.elements.of('storage').length, 5);
  mail.holds.clear();
  const after = await start();
  t.same(inventory(after.changer), inventory(before.changer), 'also when the drives lost theirs');
  t.same([...mail.holds], [[11, { barcode: 'E01001L8', ejected: false }]], 'one gets its own back');
  t.notOk(existsSync(`${kept}.new`));
});

t.test('mhvtl 1.8 finds every cartridge in an element', async (t) => {
  const { start, kept } = setUp(t);
  const library = await start();
  await library.operator.move(slot(1), drive(1));
  await library.operator.move(slot(2), slot(1));
  await library.operator.move(slot(3), map(1));
  // It reads these lines and skips all others; drives are empty when it starts.
  const lines = readFileSync(kept, 'utf8').split('\n');
  t.same(
    lines.filter((line) => /^(Drive|Picker|MAP|Slot) \d+:/.test(line)),
    [
      ...['Drive 1:', 'Drive 2:', 'Picker 1:', 'MAP 1: E01003L8', 'MAP 2:'],
      ...['Slot 1: E01002L8', 'Slot 2: E01001L8', 'Slot 3:', 'Slot 4:'],
    ],
    'the slot of the one in the drive is taken: it is in the first free one',
  );
  t.ok(lines.every((line) => line === '' || /^(#|Drive|Picker|MAP|Slot)/.test(line)));
});

t.test('a file of mhvtl 1.8 is read', async (t) => {
  const { start, kept } = setUp(t);
  const padded = (text: string): string => text.padEnd(16);
  writeFileSync(
    kept,
    `Picker 1: \n\nMAP 1: ${padded('')}\nMAP 2: ${padded('E01003L8')}\n\nDrive 1:\nDrive 2:\n\nSlot 1: ${padded('')}\nSlot 2: ${padded('E01001L8')}\n`,
  );
  t.same(inventory((await start()).changer), [
    ['import/export', 2, 'E01003L8', undefined, false, true],
    ['storage', 2, 'E01001L8', undefined, false, false],
  ]);
});

t.test(
  'library_contents counts when it was changed later, also while the library ran',
  async (t) => {
    const { start, base, edit, kept } = setUp(t);
    const library = await start();
    await library.operator.move(slot(1), slot(4));
    t.ok(statSync(kept).mtimeMs > statSync(base).mtimeMs);
    edit(contents.replace('Slot 4:', 'Slot 4: E01004L8'));
    await library.operator.move(slot(4), map(1));
    const after = await start();
    t.match(inventory(after.changer), [
      ['storage', 1, 'E01001L8'],
      ['storage', 2, 'E01002L8'],
      ['storage', 3, 'E01003L8'],
      ['storage', 4, 'E01004L8'],
    ]);
  },
);

t.test(
  'without PERSIST the library starts from library_contents, and drives keep theirs',
  async (t) => {
    const { start, kept } = setUp(t, 'no');
    const library = await start();
    await library.operator.move(slot(1), drive(2));
    await library.operator.move(slot(2), slot(4));
    t.notOk(existsSync(kept));
    t.same(inventory((await start()).changer), [
      ['data transfer', 2, 'E01001L8', 0x3e8, false, false],
      ['storage', 2, 'E01002L8', undefined, false, false],
      ['storage', 3, 'E01003L8', undefined, false, false],
    ]);
  },
);

t.test('what was taken out of the MAP stays out, and is remembered', async (t) => {
  const { start } = setUp(t);
  const library = await start();
  await library.operator.move(slot(1), map(1));
  library.operator.openMap();
  library.operator.emptyMap();
  const after = await start();
  t.equal(after.changer.elements.holderOf('E01001L8'), undefined);
  after.operator.openMap();
  t.throws(() => after.operator.loadMap(), /no cartridge E01001L8/, 'its directory is not there');
});

t.test('a drive that holds another cartridge than remembered is right', async (t) => {
  const { start, mail } = setUp(t);
  const library = await start();
  await library.operator.move(slot(1), drive(1));
  mail.holds.set(11, { barcode: 'E01002L8', ejected: false });
  t.same(
    inventory((await start()).changer).map((row) => row.slice(0, 3)),
    [
      ['data transfer', 1, 'E01002L8'],
      ['storage', 1, 'E01001L8'],
      ['storage', 3, 'E01003L8'],
    ],
  );
});

t.test('reload keeps what is in drives and reads the rest anew', async (t) => {
  const { start, edit, told } = setUp(t);
  const library = await start();
  await library.operator.move(slot(1), drive(1));
  await library.operator.move(slot(2), slot(4));
  edit(contents.replace('Slot 4:', 'Slot 4: E01004L8\nSlot 5:\nMAP 3:'));
  await library.reload();
  t.same(
    inventory(library.changer).map((row) => row.slice(0, 4)),
    [
      ['data transfer', 1, 'E01001L8', 0x3e8],
      ['storage', 2, 'E01002L8', undefined],
      ['storage', 3, 'E01003L8', undefined],
      ['storage', 4, 'E01004L8', undefined],
    ],
  );
  t.equal(library.changer.elements.of('import/export').length, 3);
  await library.operator.move(drive(1), slot(5));
  edit('Slot one: E01001L8\n');
  await t.rejects(library.reload(), 'a file with errors is refused');
  t.equal(library.changer.elements.numbered('storage', 5)?.cartridge?.barcode, 'E01001L8');
  t.notOk(
    told.some((line) => line.includes('bug')),
    told.join('\n'),
  );
});

t.test('what a power cut left half written is no inventory', async (t) => {
  const { start, kept } = setUp(t);
  const before = await start();
  await before.operator.move(slot(1), slot(4));
  const whole = readFileSync(kept, 'utf8');
  // The cut came while the next inventory was written beside the old one.
  for (const half of ['', whole.slice(0, whole.length / 2), 'Slot 1: E0100']) {
    writeFileSync(`${kept}.new`, half);
    const after = await start();
    t.same(inventory(after.changer), inventory(before.changer));
    t.equal(readFileSync(kept, 'utf8'), whole);
  }
  const after = await start();
  await after.operator.move(slot(4), slot(1));
  t.notOk(existsSync(`${kept}.new`), 'the next one takes its place');
});

t.test('a directory that cannot be written is told once', async (t) => {
  const { start, kept, told } = setUp(t);
  const library = await start();
  rmSync(kept);
  mkdirSync(kept);
  await library.operator.move(slot(1), slot(4));
  await library.operator.move(slot(4), slot(1));
  t.equal(told.filter((line) => line.includes('cannot be written')).length, 1);
  rmSync(kept, { recursive: true });
  await library.operator.move(slot(1), slot(4));
  t.ok(told.some((line) => line.includes('is written again')));
});
