// SPDX-License-Identifier: GPL-2.0-or-later
// Every fault shows at the initiator as the sense or status it promises.
import t from 'tap';
import { FaultError, Faults } from '../../../src/faults/faults.js';
import { faultyRouter, faultyUnit } from '../../../src/faults/faulty-router.js';
import { faultyCartridge } from '../../../src/faults/faulty-volume.js';
import { faultKinds } from '../../../src/faults/kinds.js';
import { cartridgeTypes } from '../../../src/medium/cartridge-types.js';
import { MemoryVolume } from '../../../src/medium/memory-volume.js';
import { LoadError } from '../../../src/ssc/cartridge-source.js';
import { read6, rig, write6 } from '../../support/drive.js';
import { type Sent, send } from '../../support/initiator.js';

const type = cartridgeTypes.find(({ mktapeName }) => mktapeName === 'LTO8')!;
const turs = '00 00 00 00 00 00';
const rewind = '01 00 00 00 00 00';

async function faultyDrive() {
  const made = await rig();
  const faults = new Faults('drive');
  const router = faultyRouter(made.unit, faults, faultyUnit(made.drive, made.unit));
  const run = (cdb: string, sent?: Sent) => send(router, cdb, sent);
  const volume = new MemoryVolume({ barcode: 'E01001L8', type, capacity: 1 << 30 });
  const cartridge = faultyCartridge({ barcode: 'E01001L8', open: () => volume }, faults);
  const add = (text: string) => faults.add(text.split(' '));
  return { ...made, faults, run, add, cartridge };
}

/** Key/code/qualifier of fixed format sense. */
const codes = ({ sense }: { readonly sense: Uint8Array }): string =>
  [sense[2]! & 0xf, sense[12]!, sense[13]!].map((byte) => byte.toString(16)).join('/');

t.test('a block that cannot be read', async (t) => {
  const { run, add, drive, cartridge } = await faultyDrive();
  await drive.insert(cartridge);
  await run(turs);
  for (let i = 0; i < 5; i++) await run(write6(64), { dataOut: new Uint8Array(64) });
  add('medium-error --block 3');
  await run(rewind);
  for (let i = 0; i < 3; i++) t.equal((await run(read6(64))).status, 0, `block ${i}`);
  const failed = await run(read6(64));
  t.equal(failed.status, 2);
  t.equal(codes(failed), '3/11/0');
  t.ok(drive.alerts.isSet(5));
  t.equal(codes(await run(read6(64))), '3/11/0', 'and stays so');
});

t.test('writing fails after a megabyte', async (t) => {
  const { run, add, drive, cartridge, faults } = await faultyDrive();
  await drive.insert(cartridge);
  await run(turs);
  add('write-error after=1 count=1');
  const block = { dataOut: new Uint8Array(400_000) };
  t.equal((await run(write6(400_000), block)).status, 0);
  t.equal((await run(write6(400_000), block)).status, 0);
  const failed = await run(write6(400_000), block);
  t.equal(codes(failed), '3/c/0');
  t.equal((await run(write6(400_000), block)).status, 0, 'once only');
  t.same(faults.lines(), ['1: write-error after=1 count=1, struck 1, over']);
});

t.test('a load that fails, and power that goes', async (t) => {
  const { run, add, drive, cartridge } = await faultyDrive();
  add('load-failure barcode=E01001L8 count=1');
  await t.rejects(drive.insert(cartridge), LoadError);
  t.equal(drive.barcode, undefined);
  add('dirty-unmount');
  await drive.insert(cartridge);
  await drive.remove();
  t.notOk(drive.alerts.isSet(50));
  await drive.insert(cartridge);
  t.ok(drive.alerts.isSet(50), 'lost statistics');
  t.equal(codes(await run(turs)), '6/28/0');
});

t.test('statuses and sense of the whole unit', async (t) => {
  const { run, add, faults } = await faultyDrive();
  add('busy');
  t.equal((await run(turs)).status, 0x08);
  add('queue-full');
  t.equal((await run(turs)).status, 0x28);
  add('offline');
  t.equal(codes(await run(turs)), '2/4/12');
  t.equal((await run('12 00 00 00 24 00', { dataInRoom: 36 })).status, 0, 'INQUIRY is answered');
  faults.remove('all');
  t.equal(codes(await run(turs)), '2/3a/0');
});

t.test('a picker that is stuck', async (t) => {
  const { unit, drive } = await rig();
  const faults = new Faults('library');
  const router = faultyRouter(unit, faults, faultyUnit(drive, unit));
  faults.add(['robot-jam', 'count=1']);
  t.equal(codes(await send(router, turs)), '2/3a/0', 'only moves are');
  t.equal(codes(await send(router, 'a5 00 00 00 00 00 00 00 00 00 00 00')), '4/15/1');
});

t.test('slow, and hanging until the fault is removed', async (t) => {
  const { run, add, faults } = await faultyDrive();
  add('slow ms=120 count=1');
  const started = Date.now();
  await run(turs);
  t.ok(Date.now() - started >= 115);
  const hang = add('hang opcode=01');
  t.equal(codes(await run(turs)), '2/3a/0', 'another command does not hang');
  let answered = false;
  const hanging = Promise.resolve(run(rewind)).then(() => {
    answered = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  t.notOk(answered);
  faults.remove(hang.number);
  await hanging;
  t.ok(answered);
});

t.test('what cannot be added says why', async (t) => {
  const faults = new Faults('drive');
  const wrong = (text: string): string => {
    try {
      faults.add(text.split(' '));
      return 'it was added';
    } catch (error) {
      if (error instanceof FaultError) return error.message;
      throw error;
    }
  };
  t.match(wrong('robot-jam'), /a drive has no fault "robot-jam"; it has: medium-error/);
  t.match(wrong('medium-error'), /medium-error needs block: number of the block/);
  t.match(wrong('medium-error block=x'), /block is a number, not "x"/);
  t.match(
    wrong('medium-error block=1 blok=1'),
    /medium-error has no blok; it has: block, partition/,
  );
  t.match(wrong('slow 5'), /"5" is not understood: write NAME=VALUE/);
  t.equal(faults.size, 0);
  for (const kind of Object.values(faultKinds))
    t.ok(kind.shows.length > 0 && kind.doc.endsWith('.'));
});
