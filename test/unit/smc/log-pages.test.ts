// SPDX-License-Identifier: GPL-2.0-or-later
// The statistics pages of SMC-3: where sg_logs of sg3-utils 1.46 reads what, and that it is what happened. TapeAlert flags.
import t from 'tap';
import { hex } from '../../../src/bytes/hex.js';
import { readUint } from '../../../src/bytes/layout.js';
import { defaultLibrary } from '../../../src/personality/default-library.js';
import { TransferFailure } from '../../../src/smc/data-transfer-device.js';
import { found } from '../../../src/smc/drive-contents.js';
import { Operator } from '../../../src/smc/operator.js';
import { type Library, library } from './library.js';

/** Parameters of a log page by code. */
async function page({ send }: Library, code: number): Promise<Map<number, Uint8Array>> {
  for (let attentions = 0; attentions < 3; attentions++) await send('00 00 00 00 00 00');
  const { dataIn } = await send(`4d 00 ${(code | 0x40).toString(16)} 00 00 0000 ffff 00`);
  t.equal(readUint(dataIn, 2, 2), dataIn.length - 4);
  const found = new Map<number, Uint8Array>();
  for (let at = 4; at < dataIn.length; at += 4 + dataIn[at + 3]!)
    found.set(readUint(dataIn, at, 2), dataIn.slice(at + 4, at + 4 + dataIn[at + 3]!));
  return found;
}

const generic = () =>
  library({ product: defaultLibrary, slots: ['E01001L8', 'NOBAR2L8', undefined] });
const [slot1, slot3, drive1] = ['0400', '0402', '0001'];
const move = (from: string, to: string): string => `a5 00 0000 ${from} ${to} 00 00 00 00`;

t.test('what the robot has done, and where', async (t) => {
  const lib = await generic();
  await lib.send(move(slot1, drive1));
  await lib.send(move(drive1, slot3));
  lib.changer.setDoor(true);
  lib.changer.setDoor(false);
  lib.changer.openImportExport(true);
  lib.changer.openImportExport(false);
  const counted = await page(lib, 0x14);
  const numbers = [...counted.values()].map((value) => readUint(value, 2, 6));
  // moves, picks, retries, places, retries, labels read, labels invalid, doors, import/export doors, inventories
  t.same(numbers.slice(0, 10), [2, 2, 0, 2, 0, 2, 2, 1, 1, 1]);
  t.equal(counted.size, 24, '0000h to 0017h');
  t.ok(numbers.slice(10).every((number) => number === 0));
  const elements = await page(lib, 0x15);
  // places, retries, picks, retries, determined, unreadable
  const zeros = '00 00 00 00';
  const one = '00 00 00 01';
  t.equal(hex(elements.get(0x0001)!), [one, zeros, one, zeros, zeros, zeros].join(' '));
  t.equal(hex(elements.get(0x0400)!), [zeros, zeros, one, zeros, one, zeros].join(' '));
  t.equal(hex(elements.get(0x0401)!), [zeros, zeros, zeros, zeros, zeros, '00 00 00 02'].join(' '));
});

t.test('a move that failed', async (t) => {
  const lib = await generic();
  t.equal((await page(lib, 0x16)).size, 0);
  lib.drives[0]!.failures.load = new TransferFailure('unreadable');
  await lib.send(move(slot1, drive1));
  const failed = (await page(lib, 0x16)).get(0)!;
  t.equal(failed.length, 96);
  t.equal(hex(failed.subarray(0, 4)), '00 03 53 00', 'MEDIUM ERROR, MEDIA LOAD OR EJECT FAILED');
  t.equal(failed[40], 0xa5, 'MOVE MEDIUM');
  t.equal(hex(failed.subarray(43, 52)), '0f 02 f0 04 00 04 00 00 01', 'picker, from, last, to');
  t.equal(Buffer.from(failed.subarray(52, 60)).toString(), 'E01001L8');
});

t.test('a page of ten thousand elements is cut at what a page can hold', async (t) => {
  const slots = Array.from({ length: 10_000 }, (_, i) => ({ number: i + 1 }));
  const lib = await library({
    product: defaultLibrary,
    plans: {
      'medium transport': [{ number: 1 }],
      storage: slots,
      'import/export': [],
      'data transfer': [],
    },
  });
  const first = await page(lib, 0x15);
  t.equal(first.size, Math.floor(0xffff / 28));
  const { dataIn } = await lib.send('4d 00 55 00 00 2000 ffff 00');
  t.equal(readUint(dataIn, 4, 2), 0x2000, 'PARAMETER POINTER asks for the rest');
});

t.test('TapeAlert flags are set by what happens, and read once', async (t) => {
  const lib = await generic();
  const flags = async () =>
    [...(await page(lib, 0x2e))].flatMap(([code, value]) => (value[0] ? [code] : []));
  t.same(await flags(), [32], 'a label that cannot be read');
  t.same(await flags(), []);
  lib.drives[0]!.failures.load = new TransferFailure('no answer');
  await lib.send(move(slot1, drive1));
  t.same(await flags(), [1, 22], 'a drive that does not answer');
  const operator = new Operator(lib.changer, { exists: () => true, takenOut: [] });
  operator.jamPicker(1, true);
  operator.jamPicker(1, false);
  operator.goOffline();
  operator.goOnline();
  await lib.send('00 00 00 00 00 00');
  t.same(await flags(), [2, 21]);
  found(lib.changer, 'E01001L8', lib.changer.elements.of('data transfer')[0]!);
  t.same(await flags(), [24], 'it was not where the library counted it');
  operator.setDoor(true);
  operator.setDoor(false);
  await lib.send('00 00 00 00 00 00');
  t.same(await flags(), [16, 32]);
  lib.changer.elements.of('medium transport')[0]!.cartridge = lib.changer.admit('E01009L8');
  lib.changer.initialize();
  t.ok((await flags()).includes(12), 'a stray cartridge in the picker');
});
