// SPDX-License-Identifier: GPL-2.0-or-later
// Random CDBs and data for every kind of drive: always a status and sense that decode, never an exception, and no
// memory that grows. SEED and STEPS repeat or lengthen a run.
import t from 'tap';
import { hex } from '../../src/bytes/hex.js';
import { driveProducts } from '../../src/personality/drives.js';
import { type Rig, rig } from '../support/drive.js';
import { fault } from './completion-fault.js';
import { random } from './random.js';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1e9);
const STEPS = Number(process.env['STEPS'] ?? 40);
/** Every so many products one is tried; the seed says which. */
const EVERY = 24;

/** A CDB of one of the drive's commands with some bytes changed, or of noise. */
function randomCdb({ drive }: Rig, upTo: (n: number) => number): Uint8Array {
  const commands = drive.commands.all;
  const command = commands[upTo(commands.length)]!;
  const cdb = new Uint8Array(command.size);
  if (upTo(20) === 0) return cdb.map(() => upTo(256));
  cdb[0] = command.opcode;
  cdb[1] = command.serviceAction ?? 0;
  for (let changes = upTo(6); changes > 0; changes--) {
    const at = 1 + upTo(cdb.length - 1);
    /* Bits the command looks at, mostly: others only find the reserved-bit check. */
    cdb[at] = cdb[at]! ^ (upTo(256) & (upTo(10) === 0 ? 0xff : command.usage[at]!));
  }
  return cdb;
}

const chosen = driveProducts.filter((_, i) => i % EVERY === SEED % EVERY);
/* Machines that test are busy. */
t.setTimeout(120_000);
t.comment(`SEED=${SEED}`);
for (const product of chosen)
  t.test(`${product.description}, SEED=${SEED}`, async (t) => {
    const upTo = random(SEED);
    const target = await rig(product);
    const [density] = product.densities.at(-1)!.cartridges;
    for (let step = 0; step < STEPS; step++) {
      if (!target.drive.barcode) await target.insert({ density: density!, capacity: 1 << 22 });
      const cdb = randomCdb(target, upTo);
      const dataOut = Uint8Array.from({ length: upTo(80) }, () => upTo(256));
      const room = upTo(4) === 0 ? 0 : 4096;
      const reply = await target.run(hex(cdb), { dataOut, dataInRoom: room, nexus: upTo(2) });
      const wrong = fault(reply, dataOut, room);
      if (wrong) t.fail(`step ${step}, ${hex(cdb)}: ${wrong}`);
      if (upTo(50) === 0) await target.drive.remove();
    }
    t.same(target.bugs.map(String), [], 'nothing failed inside');
    t.ok(target.unit, 'still there');
  });

t.test('memory does not grow', async (t) => {
  const target = await rig();
  await target.insert();
  const upTo = random(SEED);
  const burst = async () => {
    for (let step = 0; step < 150; step++) {
      const cdb = randomCdb(target, upTo);
      /* Commands that store data fill the cartridge, which is memory here. */
      if ([0x0a, 0x10, 0x8a, 0x80, 0x04].includes(cdb[0]!)) continue;
      await target.run(hex(cdb), { nexus: upTo(4), dataInRoom: 4096 });
    }
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  await burst();
  const before = await burst();
  const after = await burst();
  t.ok(after - before < 16e6, `${after - before} bytes more after 150 commands`);
});
