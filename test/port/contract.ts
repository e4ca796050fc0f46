// SPDX-License-Identifier: GPL-2.0-or-later
// What every port promises to the unit behind it and the initiators before it, as cases to run over each.
import assert from 'node:assert/strict';
import type { Completion, Task, TaskManagement } from '../../src/sam/task.js';

/** A command as the cases send it. */
export interface TestCommand {
  readonly cdb: Uint8Array;
  readonly dataOut?: Uint8Array;
  readonly dataInRoom?: number;
  readonly timeoutMs?: number;
}

/** What the initiator sees. `sense` is cut to the fixed-format length of the case. */
export type Outcome =
  | {
      readonly end: 'completed';
      readonly status: number;
      readonly sense: Uint8Array;
      readonly dataIn: Uint8Array;
      readonly residual: number;
    }
  | { readonly end: 'taken back' };

/** One started port with an initiator on it. Commands with the operation code of `cdb` reach `unit.run`. */
export interface Bench {
  readonly unit: {
    run: (task: Task) => Completion | Promise<Completion>;
    /** What the unit was told, oldest first. */
    readonly managed: TaskManagement[];
  };
  /** Messages of the port about the unit's faults; undefined where the port throws instead. */
  readonly complaints: string[];
  send(command: TestCommand): Promise<Outcome>;
  reset(scope: 'lun' | 'target'): Promise<void>;
}

export interface Case {
  readonly name: string;
  run(bench: Bench): Promise<void>;
}

/** A vendor's operation code, so that no layer between gives it a meaning. */
export const opcode = 0xc3;
const cdb = (...rest: number[]): Uint8Array => {
  const bytes = new Uint8Array(10);
  bytes.set([opcode, ...rest]);
  return bytes;
};
const nothing = new Uint8Array(0);
const good: Completion = { status: 0, sense: nothing, dataIn: nothing, dataOutUsed: 0 };
/** Fixed format: NO SENSE, ILI, information 512 (SPC-5 4.5.3). */
const shortBlock = Uint8Array.from([0xf0, 0, 0x20, 0, 0, 2, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** Bytes in which every place differs from its neighbours, pages and buffers included. */
const pattern = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8) * 13 + (i >> 16) * 29 + seed) & 0xff);

/** A gate: tasks wait at it until it opens. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

async function completed(outcome: Promise<Outcome>): Promise<Outcome & { end: 'completed' }> {
  const result = await outcome;
  assert.equal(result.end, 'completed');
  return result as Outcome & { end: 'completed' };
}

const commands: Case[] = [
  {
    name: 'a command without data arrives as sent and completes GOOD',
    async run({ unit, send }) {
      const seen: Task[] = [];
      unit.run = (task) => {
        seen.push(task);
        return good;
      };
      const outcome = await completed(send({ cdb: cdb(1, 2, 3, 4, 5, 6, 7, 8, 9) }));
      assert.equal(outcome.status, 0);
      assert.equal(seen.length, 1);
      assert.deepEqual([...seen[0]!.cdb], [opcode, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      assert.equal(seen[0]!.dataOut.length, 0);
      assert.equal(seen[0]!.dataInRoom, 0);
      assert.equal(seen[0]!.attribute, 'SIMPLE');
    },
  },
  {
    name: 'a long data-in arrives whole',
    async run({ unit, send }) {
      const data = pattern(1 << 20, 1);
      unit.run = (task) => ({ ...good, dataIn: data.subarray(0, task.dataInRoom) });
      const outcome = await completed(send({ cdb: cdb(), dataInRoom: data.length }));
      assert.equal(outcome.residual, 0);
      assert.ok(Buffer.from(outcome.dataIn).equals(data));
    },
  },
  {
    name: 'a data-in shorter than the room leaves a residual',
    async run({ unit, send }) {
      unit.run = () => ({ ...good, dataIn: pattern(300, 2) });
      const outcome = await completed(send({ cdb: cdb(), dataInRoom: 4096 }));
      assert.equal(outcome.residual, 4096 - 300);
      assert.deepEqual([...outcome.dataIn.subarray(0, 300)], [...pattern(300, 2)]);
    },
  },
  {
    name: 'a long data-out arrives whole, and what was not used is the residual',
    async run({ unit, send }) {
      const data = pattern(1 << 20, 3);
      let same = false;
      unit.run = (task) => {
        same = Buffer.from(task.dataOut).equals(data);
        return { ...good, dataOutUsed: 512 };
      };
      const outcome = await completed(send({ cdb: cdb(), dataOut: data }));
      assert.ok(same);
      assert.equal(outcome.residual, data.length - 512);
    },
  },
  {
    name: 'CHECK CONDITION brings sense data and data-in together',
    async run({ unit, send }) {
      const dataIn = pattern(512, 4);
      unit.run = () => ({ status: 2, sense: shortBlock, dataIn, dataOutUsed: 0 });
      const outcome = await completed(send({ cdb: cdb(), dataInRoom: 1024 }));
      assert.equal(outcome.status, 2);
      assert.deepEqual([...outcome.sense.subarray(0, shortBlock.length)], [...shortBlock]);
      assert.deepEqual([...outcome.dataIn.subarray(0, 512)], [...dataIn]);
      assert.equal(outcome.residual, 512);
    },
  },
  {
    name: 'RESERVATION CONFLICT is passed on',
    async run({ unit, send }) {
      unit.run = () => ({ ...good, status: 0x18 });
      assert.equal((await completed(send({ cdb: cdb() }))).status, 0x18);
    },
  },
];

const concurrency: Case[] = [
  {
    name: 'tasks that run at once end in any order, each with its own data-out',
    async run({ unit, send }) {
      const gates = [gate(), gate(), gate()];
      const intact: boolean[] = [];
      unit.run = async (task) => {
        const number = task.cdb[1]!;
        await gates[number]!.opened;
        intact[number] = Buffer.from(task.dataOut).equals(pattern(100_000, number));
        return { ...good, dataOutUsed: number };
      };
      const sent = gates.map((_, number) =>
        completed(send({ cdb: cdb(number), dataOut: pattern(100_000, number) })),
      );
      for (const number of [2, 0, 1]) {
        gates[number]!.open();
        const outcome = await sent[number]!;
        assert.equal(outcome.residual, 100_000 - number);
      }
      assert.deepEqual(intact, [true, true, true]);
    },
  },
  {
    name: 'a command runs to its end while another waits',
    async run({ unit, send }) {
      const slow = gate();
      unit.run = (task) => (task.cdb[1] === 1 ? slow.opened.then(() => good) : good);
      const waiting = completed(send({ cdb: cdb(1) }));
      assert.equal((await completed(send({ cdb: cdb(2) }))).status, 0);
      slow.open();
      assert.equal((await waiting).status, 0);
    },
  },
];

const management: Case[] = [
  {
    name: 'an initiator out of patience aborts its task; the late completion is void',
    async run({ unit, send, complaints }) {
      const slow = gate();
      let id = 0n;
      unit.run = (task) => {
        if (task.cdb[1] !== 1) return good;
        id = task.id;
        return slow.opened.then(() => good);
      };
      const outcome = await send({ cdb: cdb(1), timeoutMs: 300 });
      assert.deepEqual(outcome, { end: 'taken back' });
      assert.deepEqual(unit.managed, [{ function: 'ABORT TASK', nexus: 0, subject: id }]);
      slow.open();
      assert.equal((await completed(send({ cdb: cdb(2) }))).status, 0);
      assert.deepEqual(complaints, []);
    },
  },
  {
    name: 'a logical unit reset takes every task back and tells the unit',
    async run({ unit, send, reset }) {
      const started = gate();
      unit.run = (task) => {
        if (task.cdb[1] !== 1) return good;
        started.open();
        return new Promise(() => {});
      };
      // With data: Linux itself sends a command without data again when a reset took it back.
      const waiting = send({ cdb: cdb(1), dataInRoom: 512 });
      await started.opened;
      await reset('lun');
      assert.deepEqual(await waiting, { end: 'taken back' });
      assert.deepEqual(unit.managed, [{ function: 'LOGICAL UNIT RESET', nexus: 0 }]);
      assert.equal((await completed(send({ cdb: cdb(2) }))).status, 0);
    },
  },
  {
    name: 'a target reset is told as such',
    async run({ unit, reset }) {
      await reset('target');
      assert.deepEqual(unit.managed, [{ function: 'TARGET RESET', nexus: 0 }]);
    },
  },
];

/** Cases in which nothing is wrong with the unit. */
export const contract: readonly Case[] = [...commands, ...concurrency, ...management];

/** Faults of a unit's program, and what the complaint about each says. */
export const faults: readonly {
  readonly name: string;
  readonly complaint: RegExp;
  run(task: Task): Completion | Promise<Completion>;
}[] = [
  {
    name: 'more data-in than the room',
    complaint: /513 bytes of data-in, the initiator takes 512/,
    run: () => ({ ...good, dataIn: new Uint8Array(513) }),
  },
  {
    name: 'a sense longer than can be delivered',
    complaint: /253 bytes of sense data, 252 can be delivered/,
    run: () => ({ ...good, status: 2, sense: new Uint8Array(253).fill(0x70) }),
  },
  {
    name: 'CHECK CONDITION without sense data',
    complaint: /CHECK CONDITION without sense data/,
    run: () => ({ ...good, status: 2 }),
  },
  {
    name: 'data-out used that was never sent',
    complaint: /1 bytes of data-out used, the initiator sent 0/,
    run: () => ({ ...good, dataOutUsed: 1 }),
  },
  {
    name: 'an exception',
    complaint: /thrown on purpose/,
    run() {
      throw new Error('thrown on purpose');
    },
  },
  {
    name: 'a rejected promise',
    complaint: /rejected on purpose/,
    run: () => Promise.reject(new Error('rejected on purpose')),
  },
];

/** The command the faults are provoked with. */
export const faulty: TestCommand = { cdb: cdb(), dataInRoom: 512 };
