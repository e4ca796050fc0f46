// SPDX-License-Identifier: GPL-2.0-or-later
// Whatever is in the files a unit remembers itself by: it starts, answers, and fails nowhere.
import t from 'tap';
import { MediumTypes } from '../../src/daemon/library-cartridges.js';
import type { DeviceState } from '../../src/spc/environment.js';
import { type Rig, rig } from '../support/drive.js';
import { SEED, TIMES } from './effort.js';
import { fuzz } from './guided.js';
import { mutatedBytes, type UpTo } from './mutate.js';

type Saved = Readonly<Record<string, Buffer>>;

/** A nonvolatile memory that begins with what was saved. */
function memory(saved: Saved): DeviceState & { readonly all: Record<string, Buffer> } {
  const all: Record<string, Buffer> = { ...saved };
  return {
    all,
    load: (name) => all[name],
    save(name, bytes) {
      all[name] = Buffer.from(bytes);
    },
  };
}

const testUnitReady = '00 00 00 00 00 00';
/** MODE SENSE of all pages, LOG SENSE, READ KEYS, READ RESERVATION, REPORT IDENTIFYING INFORMATION, TIMESTAMP. */
const QUESTIONS = [
  '5a 00 3f ff 00 00 00 40 00 00',
  '5a 00 ff ff 00 00 00 40 00 00',
  '4d 00 4c 00 00 00 00 40 00 00',
  '5e 00 00 00 00 00 00 40 00 00',
  '5e 01 00 00 00 00 00 40 00 00',
  'a3 05 00 00 00 00 00 00 40 00 00 00',
  'a3 0f 00 00 00 00 00 00 40 00 00 00',
];

/** MODE SELECT with SP of the first page that can be saved (PS). */
async function saveModePages(run: Rig['run']): Promise<void> {
  const { dataIn } = await run('5a 08 3f 00 00 00 00 40 00 00');
  let at = 8;
  while (at < dataIn.length && !(dataIn[at]! & 0x80))
    at += dataIn[at]! & 0x40 ? 4 + dataIn[at + 2]! * 256 + dataIn[at + 3]! : 2 + dataIn[at + 1]!;
  const page = Buffer.from(dataIn.subarray(at, at + 2 + dataIn[at + 1]!));
  page[0]! &= 0x7f;
  const dataOut = Buffer.concat([Buffer.alloc(8), page]);
  await run(`55 11 00 00 00 00 00 00 ${dataOut.length.toString(16).padStart(2, '0')} 00`, {
    dataOut,
  });
}

/** What a drive has saved that was used: mode pages, APTPL registrations and a reservation, a label, counters. */
async function used(): Promise<Saved> {
  const state = memory({});
  const { run, insert, write, drive } = await rig(undefined, state);
  const register = Buffer.alloc(24);
  register[15] = 7;
  register[20] = 1;
  await run('5f 06 00 00 00 00 00 00 18 00', { dataOut: register });
  const reserve = Buffer.alloc(24);
  reserve[7] = 7;
  await run('5f 01 01 00 00 00 00 00 18 00', { dataOut: reserve });
  await saveModePages(run);
  await run('a4 06 00 00 00 00 00 00 00 08 00 00', { dataOut: Buffer.from('my drive') });
  await insert();
  await write(100, 'mark');
  await drive.remove();
  return state.all;
}

const mutate = (saved: Saved, upTo: UpTo): Saved => {
  const names = Object.keys(saved);
  const name = names[upTo(names.length)]!;
  return { ...saved, [name]: mutatedBytes(saved[name]!, upTo) };
};

async function startAndAsk(saved: Saved): Promise<void> {
  const { run, bugs } = await rig(undefined, memory(saved));
  await run(testUnitReady);
  for (const cdb of QUESTIONS) await run(cdb);
  if (bugs.length > 0) throw bugs[0];
}

t.setTimeout(0);
t.test(`a drive, SEED=${SEED}`, async (t) => {
  const saved = await used();
  t.ok(Object.keys(saved).length >= 4, Object.keys(saved).join());
  const target = { seeds: [saved], mutate, run: startAndAsk };
  const { failure, corpus } = await fuzz(target, { seed: SEED, steps: 200 * TIMES });
  t.equal(failure, undefined);
  t.comment(`${corpus.length} inputs reached something new`);
});

t.test('what a library knows of cartridges', async (t) => {
  const seeds = [
    Buffer.from('E01001L8\tdata\t1234\nE01002L8\tcleaning\t1\nconstructor\tconstructor\t0\n'),
  ];
  const run = (bytes: Buffer): void => {
    const types = new MediumTypes(['/nonexistent'], memory({ 'medium-types': bytes }));
    if (types.of('E01001L8') !== 'unspecified') throw new Error('a cartridge that is not there');
    if (types.of('constructor') !== 'unspecified') throw new Error('a name of JavaScript');
  };
  const found = await fuzz(
    { seeds, mutate: mutatedBytes, run },
    { seed: SEED, steps: 200 * TIMES },
  );
  t.equal(found.failure, undefined);
});
