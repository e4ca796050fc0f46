// SPDX-License-Identifier: GPL-2.0-or-later
// The memory port keeps the contract of ports, and throws for faults of the unit's program.
import t from 'tap';
import { type Command, MemoryPort, TaskTakenBack } from '../../../src/port/memory-port.js';
import type { Completion, Task, TaskManagement } from '../../../src/sam/task.js';
import { type Bench, contract, faults, faulty, type Outcome } from '../../port/contract.js';

async function bench(): Promise<Bench & { port: MemoryPort }> {
  const port = new MemoryPort();
  const managed: TaskManagement[] = [];
  const unit: Bench['unit'] = {
    managed,
    run: () => {
      throw new Error('no case is running');
    },
  };
  await port.start({
    run: (task: Task): Completion | Promise<Completion> => unit.run(task),
    manage(request) {
      managed.push(request);
      return 'FUNCTION COMPLETE';
    },
  });
  const send = async (command: Command): Promise<Outcome> => {
    try {
      const { status, sense, dataIn, dataOutUsed } = await port.execute(command);
      const residual = command.dataOut
        ? command.dataOut.length - dataOutUsed
        : (command.dataInRoom ?? 0) - dataIn.length;
      return { end: 'completed', status, sense, dataIn, residual };
    } catch (error) {
      if (error instanceof TaskTakenBack) return { end: 'taken back' };
      throw error;
    }
  };
  const reset = async (scope: 'lun' | 'target'): Promise<void> => {
    port.manage({
      function: scope === 'lun' ? 'LOGICAL UNIT RESET' : 'TARGET RESET',
      nexus: 0,
    });
  };
  return { unit, complaints: [], send, reset, port };
}

for (const { name, run } of contract)
  t.test(name, async (t) => {
    await run(await bench());
    t.pass(name);
  });

for (const { name, complaint, run } of faults)
  t.test(`throws for ${name}`, async (t) => {
    const { unit, port } = await bench();
    unit.run = run;
    await t.rejects(port.execute(faulty), { message: complaint });
    t.same(port.inFlight, []);
  });

t.test('the other nexus', async (t) => {
  const { unit, port } = await bench();
  const seen: number[] = [];
  unit.run = (task) => {
    seen.push(task.nexus);
    return { status: 0, sense: new Uint8Array(0), dataIn: new Uint8Array(0), dataOutUsed: 0 };
  };
  await port.execute({ ...faulty, nexus: 3 });
  t.same(seen, [3]);
});

t.test('refuses commands no transport could carry', async (t) => {
  const { port } = await bench();
  const one = new Uint8Array(1);
  t.throws(() => port.execute({ cdb: one, dataOut: one, dataInRoom: 1 }), /both directions/);
  t.throws(() => port.execute({ cdb: new Uint8Array(33) }), /33 bytes/);
});

t.test('detach takes tasks back, and nothing is routed any more', async (t) => {
  const { unit, port } = await bench();
  unit.run = () => new Promise(() => {});
  const waiting = port.execute(faulty);
  t.equal(port.inFlight.length, 1);
  await port.detach();
  await t.rejects(waiting, { name: 'TaskTakenBack', reason: 'DETACH' });
  t.throws(() => port.execute(faulty), /no unit is attached/);
});
