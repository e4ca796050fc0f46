// SPDX-License-Identifier: GPL-2.0-or-later
// Commands with parameter data, both changed at random: always a status and sense that decode, never an exception. The
// attributes of the medium auxiliary memory are among them.
import t from 'tap';
import { hex, unhex } from '../../src/bytes/hex.js';
import { fault } from '../model/completion-fault.js';
import { type Rig, rig } from '../support/drive.js';
import { SEED, TIMES } from './effort.js';
import { fuzz } from './guided.js';
import { mutatedBytes, type UpTo } from './mutate.js';

interface Input {
  readonly cdb: Buffer;
  readonly data: Buffer;
}

/** CDBs whose last byte but one, or last four bytes but two, are the length of the data. */
const SEEDS: readonly (readonly [cdb: string, data: string])[] = [
  [
    '15 10 00 00 1c 00',
    '00 00 10 00 0f 0e c0 80 00 00 00 01 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00 00',
  ],
  ['55 10 00 00 00 00 00 00 14 00', '00 00 00 00 00 00 00 00 0a 0a 00 00 00 00 00 00 00 00 00 00'],
  [
    '55 10 00 00 00 00 00 00 18 00',
    '00 00 00 00 00 00 00 00 11 0e 01 01 3c 03 00 00 00 01 00 01 00 00 00 00',
  ],
  ['4c 02 c0 00 00 00 00 00 00 00', ''],
  ['4c 00 00 00 00 00 00 00 0c 00', '0c 00 00 08 00 00 03 04 00 00 00 01'],
  [
    '5f 00 00 00 00 00 00 00 18 00',
    '00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 07 00 00 00 00 00 00 00 00',
  ],
  [
    '5f 07 01 00 00 00 00 00 18 00',
    '00 00 00 00 00 00 00 07 00 00 00 00 00 00 00 08 00 00 00 00 00 00 00 00',
  ],
  ['8d 00 00 00 00 00 00 00 00 00 00 00 00 0d 00 00', '00 00 00 09 08 06 02 00 04 61 62 63 64'],
  [
    '8d 00 00 00 00 00 00 00 00 00 00 00 00 10 00 00',
    '00 00 00 0c 08 00 01 00 07 62 61 63 6b 75 70 20',
  ],
  ['8c 00 00 00 00 00 00 00 00 00 00 00 04 00 00 00', ''],
  ['a4 06 00 00 00 00 00 00 00 04 00 00', '61 62 63 64'],
  ['a4 0f 00 00 00 00 00 00 00 0c 00 00', '00 00 00 00 01 8f 00 00 00 00 00 00'],
  ['1d 10 00 00 04 00', '00 00 00 00'],
  ['3b 02 00 00 00 00 00 00 08 00', '01 02 03 04 05 06 07 08'],
  [
    'b5 20 00 10 00 00 00 00 00 34 00 00',
    `00 10 00 30 40 00 02 02 01 00 00 00 00 00 00 00 00 00 00 20 ${'aa '.repeat(32)}`,
  ],
  ['82 00 00 01 00 00 00 00 00 00 00 00 00 00 00 00', ''],
  ['04 00 01 00 00 00', ''],
  ['0a 00 00 00 08 00', '00 11 22 33 44 55 66 77'],
];
const seeds = SEEDS.map(
  ([cdb, data]): Input => ({
    cdb: Buffer.from(unhex(cdb)),
    data: Buffer.from(unhex(data.trim())),
  }),
);

function mutate({ cdb, data }: Input, upTo: UpTo): Input {
  const changed = Buffer.from(cdb);
  if (upTo(3) === 0) changed[1 + upTo(cdb.length - 1)]! ^= 1 << upTo(8);
  return { cdb: changed, data: upTo(4) === 0 ? data : mutatedBytes(data, upTo) };
}

async function send({ run, bugs, drive, insert }: Rig, { cdb, data }: Input): Promise<void> {
  if (!drive.mounted) await insert({ capacity: 1 << 22 });
  const room = 4096;
  const reply = await run(hex(cdb), { dataOut: Buffer.from(data), dataInRoom: room });
  const wrong = fault(reply, data, room);
  if (wrong) throw new Error(wrong);
  if (bugs.length > 0) throw bugs[0];
}

t.setTimeout(0);
t.test(`a drive, SEED=${SEED}`, async (t) => {
  const target = await rig();
  const { failure, corpus } = await fuzz(
    { seeds, mutate, run: (input: Input) => send(target, input) },
    { seed: SEED, steps: 1000 * TIMES },
  );
  t.equal(
    failure && `${hex(failure.input.cdb)} | ${hex(failure.input.data)}: ${failure.error}`,
    undefined,
  );
  t.comment(`${corpus.length} inputs reached something new`);
});
