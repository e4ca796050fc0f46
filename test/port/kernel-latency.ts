// SPDX-License-Identifier: GPL-2.0-or-later
// Measures round trips through mhvtl.ko and the kernel port. Runs in the lab: kernel-contract.sh kernel-latency.
import type { Completion, Task } from '../../src/sam/task.js';
import { opcode } from './contract.js';
import { kernelBench, sgio } from './kernel-bench.js';

const nothing = new Uint8Array(0);
const block = new Uint8Array(256 << 10).fill(0x5a);
const good: Completion = { status: 0, sense: nothing, dataIn: nothing, dataOutUsed: 0 };

/** Answers at once, in a microtask, or after a turn of the event loop; byte 1 of the CDB chooses. */
function run(task: Task): Completion | Promise<Completion> {
  const completion = {
    ...good,
    dataIn: block.subarray(0, task.dataInRoom),
    dataOutUsed: task.dataOut.length,
  };
  if (task.cdb[1] === 0) return completion;
  if (task.cdb[1] === 1) return Promise.resolve(completion);
  return new Promise((resolve) => setImmediate(() => resolve(completion)));
}

const loads: readonly (readonly [name: string, words: readonly string[]])[] = [
  ['no data', ['none', '0', '00']],
  ['no data, promise', ['none', '0', '01']],
  ['no data, setImmediate', ['none', '0', '02']],
  ['out 256 KiB', ['out', `${block.length}`, '00']],
  ['in 256 KiB', ['in', `${block.length}`, '00']],
];

/** Sends one load and prints a row: waiting time, pause, name, microseconds. */
async function measure(waitMicroseconds: number, pauseMicroseconds: number): Promise<void> {
  const { port, unit, device } = await kernelBench({ waitMicroseconds });
  unit.run = run;
  for (const [name, [direction, length, how]] of loads) {
    const cdb = `${opcode.toString(16)}${how}0000000000000000`;
    const count = pauseMicroseconds > 0 ? 200 : 3000;
    const words = ['time', `${count}`, `${pauseMicroseconds}`, direction!, length!, cdb];
    const figures = (await sgio([device, ...words])).toString().trim();
    const row = [`wait ${waitMicroseconds}`, `pause ${pauseMicroseconds}`, name, figures];
    console.log(row.join('\t'));
  }
  await port.detach();
}

async function main(): Promise<void> {
  console.log('p50 p99 mean in microseconds a command, one initiator, one command at a time');
  for (const wait of [0, 50, 200, 1000]) await measure(wait, 0);
  for (const wait of [0, 200]) await measure(wait, 10_000);
}

void main();
