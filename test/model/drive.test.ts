// SPDX-License-Identifier: GPL-2.0-or-later
// A drive against one of a hundred lines, by random commands. SEED and STEPS repeat or lengthen a run.
import t, { type Test } from 'tap';
import { hex } from '../../src/bytes/hex.js';
import { readUint } from '../../src/bytes/layout.js';
import { driveProduct } from '../../src/personality/drives.js';
import type { DriveProduct } from '../../src/ssc/drive-product.js';
import { type Rig, rig, u24 } from '../support/drive.js';
import { informationOf, senseOf } from '../support/initiator.js';
import { random } from './random.js';
import { type Outcome, ReferenceDrive } from './reference-drive.js';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1e9);
const STEPS = Number(process.env['STEPS'] ?? 300);

const u32 = (value: number) => value.toString(16).padStart(8, '0');
const i24 = (value: number) => u24(value < 0 ? value + 0x1000000 : value);

interface Step {
  readonly cdb: string;
  readonly dataOut?: Uint8Array;
  readonly expected: (model: ReferenceDrive) => Outcome;
}

/** A random command and what it should do. */
function choose(upTo: (n: number) => number): Step {
  const count = upTo(10) - 4;
  const length = upTo(40);
  const marks = upTo(3);
  const file = upTo(5);
  const commands: (() => Step)[] = [
    () => {
      const dataOut = Uint8Array.from({ length: upTo(40) }, () => upTo(256));
      return { cdb: `0a 00 ${u24(dataOut.length)} 00`, dataOut, expected: (m) => m.write(dataOut) };
    },
    () => ({ cdb: `10 00 ${u24(marks)} 00`, expected: (m) => m.writeFilemarks(marks) }),
    () => ({ cdb: `08 00 ${u24(length)} 00`, expected: (m) => m.read(length, false) }),
    () => ({ cdb: `08 02 ${u24(length)} 00`, expected: (m) => m.read(length, true) }),
    () => ({ cdb: `11 00 ${i24(count)} 00`, expected: (m) => m.spaceBlocks(count) }),
    () => ({ cdb: `11 01 ${i24(count)} 00`, expected: (m) => m.spaceFilemarks(count) }),
    () => ({ cdb: '11 03 00 00 00 00', expected: (m) => m.spaceToEndOfData() }),
    () => ({ cdb: `2b 00 00 ${u32(length)} 00 00 00`, expected: (m) => m.locate(length) }),
    () => ({
      cdb: `92 08 00 00 00000000 ${u32(file)} 00 00 00 00`,
      expected: (m) => m.locateFile(file),
    }),
    () => ({ cdb: '01 00 00 00 00 00', expected: (m) => m.rewind() }),
    () => ({ cdb: '19 00 00 00 00 00', expected: (m) => m.erase() }),
  ];
  return commands[upTo(commands.length)]!();
}

async function compare(t: Test, { run }: Rig, model: ReferenceDrive, step: Step, label: string) {
  const reply = await run(step.cdb, step.dataOut ? { dataOut: step.dataOut } : {});
  const { sense, information, data } = step.expected(model);
  const position = (await run('34 06 00 00 00 00 00 00 00 00')).dataIn;
  const actual = {
    sense: senseOf(reply),
    information: reply.sense.length > 0 ? informationOf(reply) : undefined,
    data: hex(reply.dataIn),
    position: readUint(position, 12, 4),
    file: readUint(position, 20, 4),
    BOP: position[0]! & 0x80,
  };
  t.same(
    actual,
    {
      sense,
      information,
      data: hex(data ?? new Uint8Array(0)),
      position: model.position,
      file: model.filemarksBefore(),
      BOP: model.position === 0 ? 0x80 : 0,
    },
    label,
  );
}

async function walk(t: Test, product: DriveProduct, density: string): Promise<void> {
  const upTo = random(SEED);
  const drive = await rig(product);
  await drive.insert({ density });
  const model = new ReferenceDrive();
  for (let step = 0; step < STEPS && t.passing(); step++) {
    const chosen = choose(upTo);
    await compare(t, drive, model, chosen, `step ${step}: ${chosen.cdb}`);
  }
  t.same(drive.bugs, []);
}

for (const [product, density] of [
  ['ULT3580-TD8', 'LTO8'],
  ['T10000B', 'T10KB'],
  ['SDX-900V', 'AIT4'],
] as const)
  t.test(`${product}, SEED=${SEED}`, (t) => walk(t, driveProduct(product), density));
