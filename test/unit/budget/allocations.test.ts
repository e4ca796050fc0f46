// SPDX-License-Identifier: GPL-2.0-or-later
// What a command may allocate on its way through a daemon: counted in bytes, with a budget, since time says nothing on a
// machine that others use. A change that needs more has to say why here.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import tap from 'tap';
import { Latency } from '../../../src/daemon/latency.js';
import { observed } from '../../../src/daemon/observed-router.js';
import { Trace } from '../../../src/daemon/trace.js';
import { taskOf, writeCompletion } from '../../../src/port/translation.js';
import * as uapi from '../../../src/port/uapi.js';
import type { Completion, TaskRouter } from '../../../src/sam/task.js';
import { rig } from '../../support/drive.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Few enough that no collection happens while they run. */
const COMMANDS = 100;

const nothing = new Uint8Array();

interface Load {
  readonly cdb: readonly number[];
  readonly dataInRoom?: number;
}

/** Bytes of a struct mhvtl_request as the module fills it. */
function requestOf({ cdb, dataInRoom = 0 }: Load): Uint8Array {
  return uapi.request.encode({
    id: 1n,
    type: uapi.MHVTL.REQ_COMMAND,
    cdbLength: cdb.length,
    dataInRoom,
    cdb: Uint8Array.from([...cdb, ...new Array<number>(32 - cdb.length).fill(0)]),
  });
}

/** One command from the module's structure to the module's structure, as the kernel port moves it. */
async function serve(
  router: TaskRouter,
  request: Uint8Array,
  reply: Uint8Array,
): Promise<Completion> {
  const task = taskOf(uapi.request.decode(request), nothing);
  const result = router.run(task);
  const completion = result instanceof Promise ? await result : result;
  writeCompletion(reply, task, completion);
  return completion;
}

/** Bytes of the heap a command leaves as garbage: the least of some rounds, in which the compilers had their share. */
async function garbageOf(router: TaskRouter, load: Load): Promise<number> {
  const request = requestOf(load);
  const reply = new Uint8Array(uapi.reply.size);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 40; round++) {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < COMMANDS; i++) await serve(router, request, reply);
    least = Math.min(least, (process.memoryUsage().heapUsed - before) / COMMANDS);
  }
  return Math.round(least);
}

const BUDGETS: readonly (readonly [string, Load, number])[] = [
  ['TEST UNIT READY', { cdb: [0, 0, 0, 0, 0, 0] }, 2500],
  ['INQUIRY', { cdb: [0x12, 0, 0, 0, 96, 0], dataInRoom: 96 }, 3400],
  ['READ POSITION', { cdb: [0x34, 0, 0, 0, 0, 0, 0, 0, 0, 0], dataInRoom: 20 }, 5200],
];

for (const [name, load, budget] of BUDGETS)
  tap.test(`${name} allocates at most ${budget} bytes`, async (t) => {
    const { drive, unit, insert } = await rig();
    await insert();
    const router = observed(unit, [new Trace(drive), new Latency()]);
    const { status } = await serve(router, requestOf(load), new Uint8Array(uapi.reply.size));
    t.equal(status, 0);
    const garbage = await garbageOf(router, load);
    t.comment(`${garbage} bytes`);
    t.ok(garbage <= budget, `${garbage} bytes`);
  });
