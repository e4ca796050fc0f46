// SPDX-License-Identifier: GPL-2.0-or-later
// MOVE MEDIUM, EXCHANGE MEDIUM and their kin: checks in order, drives that fail, and what is where afterwards.
import t from 'tap';
import {
  TransferFailure,
  type TransferFailureReason,
} from '../../../src/smc/data-transfer-device.js';
import { driveEjected, driveStarted, found } from '../../../src/smc/drive-contents.js';
import { type Library, library, senseOf } from './library.js';

const [picker, map1, drive1, drive2, slot1, slot2, slot3] = [
  '0001',
  '000a',
  '01f4',
  '01f5',
  '03e8',
  '03e9',
  '03ea',
] as const;
const move = (from: string, to: string, arm = '0000'): string =>
  `a5 00 ${arm} ${from} ${to} 00 00 00 00`;
const exchange = (source: string, first: string, second: string): string =>
  `a6 00 0000 ${source} ${first} ${second} 00 00`;

/** Descriptor of an element: flags, SVALID and medium type, source, barcode. */
async function descriptor({ send }: Library, address: string): Promise<string> {
  const { dataIn } = await send(`b8 10 ${address} 0001 00 00 ffff 00 00`);
  const barcode = Buffer.from(dataIn.subarray(28, 44))
    .toString('latin1')
    .replace(/[\0 ]+$/, '');
  const [flags, medium, high, low] = [18, 25, 26, 27].map((at) =>
    dataIn[at]!.toString(16).padStart(2, '0'),
  );
  return `${flags} ${medium} ${high}${low} ${barcode}`.trim();
}

const everything = async (lib: Library): Promise<string[]> =>
  Promise.all([picker, map1, drive1, drive2, slot1, slot2, slot3].map((at) => descriptor(lib, at)));

/** The same with EXCEPT, bit 2 of the flags, of the first drive. */
const outOfOrder = (inventory: readonly string[]): string[] =>
  inventory.map((each, i) =>
    i === 2 ? `0${(Number.parseInt(each[1]!, 16) | 4).toString(16)}${each.slice(2)}` : each,
  );

const twoDrives = { serials: ['XYZZY_A1', 'XYZZY_A2'] };

t.test('into a drive and back', async (t) => {
  const lib = await library();
  t.equal(await descriptor(lib, slot1), '09 01 0000 E01001L8');
  t.equal(senseOf(await lib.send(move(slot1, drive1))), '');
  t.equal(lib.drives[0]!.holds, 'E01001L8');
  t.equal(await descriptor(lib, slot1), '08 00 0000', 'the slot is empty');
  t.equal(
    await descriptor(lib, drive1),
    '01 81 03e8 E01001L8',
    'Full, no Access, source is the slot',
  );
  t.equal(senseOf(await lib.send(move(drive1, slot3, picker))), '');
  t.same(lib.drives[0]!.told, ['load E01001L8', 'unload E01001L8']);
  t.equal(await descriptor(lib, drive1), '08 00 0000');
  t.equal(await descriptor(lib, slot3), '09 81 03e8 E01001L8', 'last storage element it was in');
});

t.test('a drive that has ejected gives access', async (t) => {
  const lib = await library();
  await lib.send(move(slot1, drive1));
  const [element] = lib.changer.elements.of('data transfer');
  driveEjected(lib.changer, element!);
  t.equal(await descriptor(lib, drive1), '09 81 03e8 E01001L8');
  t.equal(senseOf(await lib.send(move(drive1, slot1))), '');
  await lib.send(move(slot1, drive1));
  t.equal(await descriptor(lib, drive1), '01 81 03e8 E01001L8', 'loaded anew: no access');
});

t.test('to the import/export elements and from drive to drive', async (t) => {
  const lib = await library(twoDrives);
  t.equal(await descriptor(lib, map1), '3a 00 0000');
  t.equal(senseOf(await lib.send(move(slot1, map1))), '');
  t.equal(await descriptor(lib, map1), '39 81 03e8 E01001L8', 'not placed by an operator');
  t.equal(senseOf(await lib.send(move(map1, drive1))), '');
  t.equal(senseOf(await lib.send(move(drive1, drive2))), '');
  t.equal(await descriptor(lib, drive2), '01 81 03e8 E01001L8');
  t.same(
    lib.drives.map(({ holds }) => holds),
    [undefined, 'E01001L8'],
  );
});

t.test('refusals, the first of several in this order, and nothing moves', async (t) => {
  const lib = await library();
  const before = await everything(lib);
  const cases: readonly (readonly [cdb: string, sense: string, why: string])[] = [
    [move(slot1, slot3, slot1), '5/21/01@2', 'the transport is no picker'],
    [move('0fff', '0fff', '0002'), '5/21/01@2', 'transport before source'],
    [move('0fff', '0ffe'), '5/21/01@4', 'source before destination'],
    [move(picker, slot3), '5/21/01@4', 'a picker is no source'],
    [move(drive2, slot3), '5/21/01@4', 'no drive in the place'],
    [move(slot1, '0000'), '5/21/01@6', 'destination'],
    [move(slot1, picker), '5/21/01@6', 'a picker is no destination'],
    [move(slot1, drive2), '5/21/01@6', 'no drive in the place'],
    [move(slot3, slot1), '5/3b/0e', 'empty source before full destination'],
    [move(slot1, slot2), '5/3b/0d', 'full destination'],
    [move(slot1, slot1), '5/3b/0d', 'its own place is full'],
    [`a5 00 0000 ${slot1} ${slot3} 00 00 01 00`, '5/24/00@10.0', 'INVERT: no picker turns media'],
    [exchange('0fff', slot2, slot3), '5/21/01@4', 'source'],
    [exchange(slot1, picker, slot3), '5/21/01@6', 'first destination'],
    [exchange(slot1, slot2, '0fff'), '5/21/01@8', 'second destination'],
    [exchange(slot3, slot1, slot2), '5/3b/0e', 'empty source'],
    [exchange(slot1, slot3, slot3), '5/3b/0e', 'empty first destination'],
    [exchange(slot1, slot2, slot2), '5/3b/0d', 'second destination is the first'],
    [exchange(slot1, slot1, slot3), '5/3b/0d', 'first destination is the source'],
    [`a6 00 0000 ${slot1} ${slot2} ${slot3} 02 00`, '5/24/00@10.1', 'INV1'],
    [`a6 00 0000 ${slot1} ${slot2} ${slot3} 01 00`, '5/24/00@10.0', 'INV2'],
    [`2b 00 0002 ${slot1} 00 00 00 00`, '5/21/01@2', 'POSITION TO ELEMENT, transport'],
    ['2b 00 0001 0fff 00 00 00 00', '5/21/01@4', 'POSITION TO ELEMENT, destination'],
    [`2b 00 0001 ${slot1} 00 00 01 00`, '5/24/00@8.0', 'POSITION TO ELEMENT, INVERT'],
    [`37 01 0fff 00 00 0001 00 00`, '5/21/01@2', 'INITIALIZE ELEMENT STATUS WITH RANGE'],
    [`e7 01 0fff 00 00 0001 00 00`, '5/21/01@2', 'the same, old operation code'],
    [`1b 00 ${slot1} 00 00`, '5/21/01@2', 'OPEN/CLOSE of a slot'],
    [`1b 00 ${map1} 02 00`, '5/24/00@4.4', 'OPEN/CLOSE, no such action'],
  ];
  for (const [cdb, sense, why] of cases) t.equal(senseOf(await lib.send(cdb)), sense, why);
  t.same(await everything(lib), before);
  t.same(lib.drives[0]!.told, []);
});

t.test('commands that only look', async (t) => {
  const { send } = await library();
  for (const cdb of [
    '07 00 00 00 00 00',
    '37 00 0000 00 00 0000 00 00',
    `37 01 ${slot1} 00 00 0002 00 00`,
    `e7 01 ${slot1} 00 00 0002 00 80`,
    `2b 00 0000 ${drive2} 00 00 00 00`,
  ])
    t.equal(senseOf(await send(cdb)), '', cdb);
});

t.test('the door', async (t) => {
  const lib = await library();
  t.equal(senseOf(await lib.send(`1b 00 ${map1} 00 00`)), '', 'open');
  t.equal(await descriptor(lib, map1), '32 00 0000', 'no Access');
  t.equal(senseOf(await lib.send(move(slot1, map1))), '2/3a/02');
  t.equal(senseOf(await lib.send(move(map1, slot3))), '5/3b/0e', 'an empty source comes first');
  t.equal(senseOf(await lib.send(exchange(slot1, slot2, map1))), '2/3a/02');
  t.equal(senseOf(await lib.send(move(slot1, slot3))), '', 'other elements do not mind');
  t.equal(senseOf(await lib.send(`1b 00 ${map1} 01 00`)), '', 'closed');
  t.equal(senseOf(await lib.send(move(slot3, map1))), '');
});

t.test('PREVENT ALLOW MEDIUM REMOVAL by anybody forbids export', async (t) => {
  const lib = await library();
  await lib.send('1e 00 00 00 01 00', { nexus: 1 });
  t.equal(senseOf(await lib.send(move(slot1, map1))), '5/53/02');
  t.equal(senseOf(await lib.send(exchange(slot1, slot2, map1))), '5/53/02');
  t.equal(senseOf(await lib.send(`1b 00 ${map1} 00 00`)), '5/53/02');
  t.equal(senseOf(await lib.send(move(slot1, slot3))), '');
  await lib.send('1e 00 00 00 00 00', { nexus: 1 });
  t.equal(senseOf(await lib.send(move(slot3, map1))), '');
});

t.test('exchange', async (t) => {
  const lib = await library(twoDrives);
  t.equal(senseOf(await lib.send(exchange(slot1, slot2, slot1))), '', 'swap');
  t.equal(await descriptor(lib, slot1), '09 82 03e9 CLN101L8');
  t.equal(await descriptor(lib, slot2), '09 81 03e8 E01001L8');
  await lib.send(move(slot2, drive1));
  t.equal(senseOf(await lib.send(exchange(slot1, drive1, slot3))), '');
  t.same(lib.drives[0]!.told, ['load E01001L8', 'unload E01001L8', 'load CLN101L8']);
  t.equal(await descriptor(lib, slot3), '09 81 03e9 E01001L8');
  t.equal(await descriptor(lib, drive1), '01 82 03e8 CLN101L8');
  t.equal(senseOf(await lib.send(exchange(slot3, drive1, drive2))), '', 'three at once');
  t.same(
    lib.drives.map(({ holds }) => holds),
    ['E01001L8', 'CLN101L8'],
  );
});

const reasons: readonly (readonly [TransferFailureReason, string])[] = [
  ['no such cartridge', '5/3b/0e'],
  ['incompatible medium', '5/30/00'],
  ['in use', '5/53/02'],
  ['unreadable', '3/53/00'],
  ['occupied', '5/3b/0d'],
  ['removal prevented', '5/53/02'],
  ['no answer', '4/08/01'],
  ['load failed', '4/53/00'],
  ['unload failed', '4/53/01'],
];

t.test('a load that fails leaves the cartridge where it was', async (t) => {
  for (const [reason, sense] of reasons) {
    const lib = await library();
    const before = await everything(lib);
    lib.drives[0]!.failures.load = new TransferFailure(reason);
    t.equal(senseOf(await lib.send(move(slot1, drive1))), sense, reason);
    t.same(await everything(lib), reason === 'no answer' ? outOfOrder(before) : before);
    t.equal(lib.failed.length, 1, 'reported once');
    t.equal(lib.failed[0]!.failure.reason, reason);
    t.equal(senseOf(await lib.send(move(slot1, drive1))), '', 'the next try works');
  }
});

t.test('an unload that fails leaves the cartridge in the drive', async (t) => {
  for (const [reason, sense] of reasons) {
    const lib = await library();
    await lib.send(move(slot1, drive1));
    const before = await everything(lib);
    lib.drives[0]!.failures.unload = new TransferFailure(reason);
    t.equal(senseOf(await lib.send(move(drive1, slot1))), sense, reason);
    t.same(await everything(lib), reason === 'no answer' ? outOfOrder(before) : before);
    t.equal(senseOf(await lib.send(move(drive1, slot1))), '', 'the next try works');
    t.equal(await descriptor(lib, drive1), '08 00 0000', 'and all is in order');
  }
});

t.test('from drive to drive: the first gets its cartridge back', async (t) => {
  const lib = await library(twoDrives);
  await lib.send(move(slot1, drive1));
  const before = await everything(lib);
  lib.drives[1]!.failures.load = new TransferFailure('incompatible medium');
  t.equal(senseOf(await lib.send(move(drive1, drive2))), '5/30/00');
  t.equal(lib.drives[0]!.holds, 'E01001L8', 'loaded again');
  t.same(await everything(lib), before);
});

t.test('from drive to drive, and the first does not take it back either', async (t) => {
  const lib = await library(twoDrives);
  await lib.send(move(slot1, drive1));
  lib.drives[1]!.failures.load = new TransferFailure('incompatible medium');
  lib.drives[0]!.failures.load = new TransferFailure('no answer');
  t.equal(senseOf(await lib.send(move(drive1, drive2))), '5/30/00', 'the first cause');
  t.equal(
    await descriptor(lib, drive1),
    '0d 81 03e8 E01001L8',
    'still there, not threaded: Access, and an exception',
  );
  t.equal(senseOf(await lib.send(move(drive1, slot1))), '');
});

t.test('an exchange that fails halfway is undone', async (t) => {
  const lib = await library(twoDrives);
  await lib.send(move(slot1, drive1));
  const before = await everything(lib);
  lib.drives[0]!.failures.load = new TransferFailure('incompatible medium');
  t.equal(senseOf(await lib.send(exchange(slot2, drive1, drive2))), '5/30/00');
  t.same(
    lib.drives.map(({ holds }) => holds),
    ['E01001L8', undefined],
  );
  t.same(await everything(lib), before);
});

t.test('a fault in the program is an internal failure, and moves nothing', async (t) => {
  const lib = await library();
  const before = await everything(lib);
  lib.drives[0]!.failures.load = new TypeError('a bug');
  t.equal(senseOf(await lib.send(move(slot1, drive1))), '4/44/00');
  t.equal(lib.bugs.length, 1);
  t.same(await everything(lib), before);
});

t.test('commands wait for a running move; INQUIRY does not', async (t) => {
  const lib = await library();
  const ended: string[] = [];
  const note = (name: string) => () => {
    ended.push(name);
  };
  await Promise.all([
    lib.send(move(slot1, drive1)).then(note('MOVE MEDIUM')),
    lib.send(`b8 00 ${drive1} 0001 00 00 0000ff 00 00`).then(note('READ ELEMENT STATUS')),
    lib.send('12 00 00 00 24 00').then(note('INQUIRY')),
  ]);
  t.same(ended, ['INQUIRY', 'MOVE MEDIUM', 'READ ELEMENT STATUS']);
});

t.test('another host waits for a running move as well and then sees its result', async (t) => {
  const lib = await library();
  const moving = lib.send(move(slot1, drive1));
  t.equal(senseOf(await lib.send(move(slot1, slot3), { nexus: 1 })), '5/3b/0e');
  t.equal(senseOf(await moving), '');
});

t.test('a reservation of another host', async (t) => {
  const lib = await library();
  await lib.send('16 00 00 00 00 00', { nexus: 1 });
  t.equal(senseOf(await lib.send(move(slot1, slot3))), 'status 24');
  t.equal(senseOf(await lib.send(move(slot1, slot3), { nexus: 1 })), '');
});

t.test('a drive that was started anew gets its cartridge back', async (t) => {
  const lib = await library();
  const [element] = lib.changer.elements.of('data transfer');
  await driveStarted(lib.changer, element!);
  t.same(lib.drives[0]!.told, [], 'there is none to give');
  await lib.send(move(slot1, drive1));
  lib.drives[0]!.holds = undefined;
  await driveStarted(lib.changer, element!);
  t.equal(lib.drives[0]!.holds, 'E01001L8');
  t.equal(await descriptor(lib, drive1), '01 81 03e8 E01001L8');

  lib.drives[0]!.holds = undefined;
  lib.drives[0]!.failures.load = new TransferFailure('unreadable');
  await t.rejects(driveStarted(lib.changer, element!), TransferFailure);
  t.equal(
    await descriptor(lib, drive1),
    '0d 81 03e8 E01001L8',
    'not threaded: Access, and an exception',
  );
  await driveStarted(lib.changer, element!);
  t.equal(lib.drives[0]!.holds, undefined, 'an ejected cartridge is left as it is');
  t.equal(senseOf(await lib.send(move(drive1, slot1))), '');
});

t.test('a library that was started anew finds what its drives hold', async (t) => {
  const lib = await library(twoDrives);
  const [first, second] = lib.changer.elements.of('data transfer');
  found(lib.changer, 'E01001L8', first!);
  t.equal(
    await descriptor(lib, drive1),
    '01 81 03e8 E01001L8',
    'taken from the slot it was expected in',
  );
  t.equal(await descriptor(lib, slot1), '08 00 0000');
  found(lib.changer, 'E01001L8', first!);
  t.equal(await descriptor(lib, drive1), '01 81 03e8 E01001L8', 'known already');
  found(lib.changer, 'OTHER1L8', second!);
  t.equal(await descriptor(lib, drive2), '01 01 0000 OTHER1L8', 'listed nowhere');
});
