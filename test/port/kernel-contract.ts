// SPDX-License-Identifier: GPL-2.0-or-later
// The contract of ports over mhvtl.ko, and what only the kernel port does. Runs in the lab; prints TAP.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Task } from '../../src/sam/task.js';
import { contract, faults, faulty } from './contract.js';
import { type KernelBench, kernelBench, sgio } from './kernel-bench.js';

interface KernelCase {
  readonly name: string;
  run(bench: KernelBench): Promise<void>;
}

const cases: KernelCase[] = [...contract];
const check = (name: string, run: KernelCase['run']): number => cases.push({ name, run });

for (const { name, complaint, run } of faults)
  check(`TASK ABORTED for ${name}`, async ({ unit, send, complaints }) => {
    unit.run = run;
    const outcome = await send(faulty);
    assert.equal(outcome.end === 'completed' && outcome.status, 0x40);
    assert.equal(complaints.length, 1);
    assert.match(complaints[0]!, complaint);
    unit.run = () => ({
      ...{ status: 0, sense: new Uint8Array(0), dataOutUsed: 0 },
      dataIn: new Uint8Array(512),
    });
    assert.equal((await send(faulty)).end, 'completed', 'the unit goes on');
  });

check('a status no device has ends as TASK ABORTED', async ({ unit, send, complaints }) => {
  unit.run = () => ({
    ...{ status: 0x7e, sense: new Uint8Array(0), dataOutUsed: 0 },
    dataIn: new Uint8Array(0),
  });
  const outcome = await send(faulty);
  assert.equal(outcome.end === 'completed' && outcome.status, 0x40);
  assert.match(complaints[0]!, /refused a reply \(EINVAL\)/);
});

check('a second owner is told what to do', async () => {
  await assert.rejects(kernelBench({ target: 9 }), /unit 7 is played by another process/);
  await assert.rejects(kernelBench({ unit: 8 }), /CHANNEL 1 TARGET 2 LUN 3 belongs to another/);
  await assert.rejects(kernelBench({ unit: 8, lun: 256 }), /LUNs 0 to 255/);
});

check('a successor takes over, and the initiator keeps its device', async (bench) => {
  assert.equal(bench.attachment.takeover, false);
  bench.port.close();
  const successor = await kernelBench();
  assert.equal(successor.attachment.takeover, true);
  assert.equal(successor.device, bench.device);
  assert.equal((await successor.send(faulty)).end, 'completed');
  await successor.port.detach();
});

check(
  'detach removes the device; a late completion is void',
  async ({ unit, send, port, device }) => {
    let task: Task | undefined;
    let finish: () => void = () => {};
    unit.run = (t) => {
      task = t;
      return new Promise((resolve) => {
        finish = () =>
          resolve({
            ...{ status: 0, sense: new Uint8Array(0), dataOutUsed: 0 },
            dataIn: new Uint8Array(0),
          });
      });
    };
    const sent = send(faulty).catch((error: Error) => error);
    while (!task) await new Promise((resolve) => setTimeout(resolve, 5));
    await port.detach();
    finish();
    await sent;
    assert.ok(!existsSync(device));
  },
);

const used = { status: 0, sense: new Uint8Array(0), dataIn: new Uint8Array(0), dataOutUsed: 1 };

check('a command waits while abandoned tasks hold every data-out buffer', async () => {
  const { unit, send, port } = await kernelBench({ unit: 8, target: 9, queueDepth: 1 });
  let finish: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    finish = resolve;
  });
  unit.run = (task) => (task.dataOut[0] === 3 ? used : released.then(() => used));
  const command = (first: number) => ({ cdb: faulty.cdb, dataOut: Uint8Array.of(first, 0) });
  for (const abandoned of [1, 2])
    assert.equal((await send({ ...command(abandoned), timeoutMs: 300 })).end, 'taken back');
  const waiting = send(command(3));
  await new Promise((resolve) => setTimeout(resolve, 300));
  finish();
  assert.equal((await waiting).end, 'completed');
  assert.equal((await send(command(3))).end, 'completed', 'and the unit is served as before');
  await port.detach();
});

check('the event loop gets its turn while command follows command', async () => {
  /* In the lab one takes more than 50 us: a quarter of a second in all, of which a turn lets 50 ms pass. */
  const commands = 5000;
  const options = { unit: 8, target: 9, waitMicroseconds: 1000 };
  const { unit, port, device } = await kernelBench(options);
  const completion = { ...used, dataOutUsed: 0 };
  const turns = new Set<number>();
  let served = 0;
  let turn = 0;
  unit.run = () => {
    served++;
    turns.add(turn);
    return Promise.resolve(completion);
  };
  const next = (): void => {
    turn++;
    if (served < commands) setImmediate(next);
  };
  next();
  try {
    await sgio([device, 'time', `${commands}`, '0', 'none', '0', 'c3000000000000000000']);
    assert.ok(turns.size >= 4, `${commands} commands in ${turns.size} turns`);
  } finally {
    await port.detach();
  }
});

/** Runs one case with a unit of its own. */
async function passes({ name, run }: KernelCase, number: number): Promise<boolean> {
  const bench = await kernelBench();
  try {
    await run(bench);
    console.log(`ok ${number} - ${name}`);
    return true;
  } catch (error) {
    const details = [...`${(error as Error).stack}`.split('\n'), ...bench.complaints];
    console.log(`not ok ${number} - ${name}\n${details.map((line) => `# ${line}`).join('\n')}`);
    return false;
  } finally {
    await bench.port.detach();
  }
}

async function main(): Promise<void> {
  let failures = 0;
  for (const [i, each] of cases.entries()) if (!(await passes(each, i + 1))) failures++;
  console.log(`1..${cases.length}`);
  process.exitCode = failures === 0 ? 0 : 1;
}

void main();
