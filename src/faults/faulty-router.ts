// SPDX-License-Identifier: GPL-2.0-or-later
// Faults that strike commands as they arrive: hangs, delays, statuses, a jammed robot.
import { type Reply, status } from '../sam/reply.js';
import { encodeSense, type Sense, sense } from '../sam/sense.js';
import type { Completion, Task, TaskRouter } from '../sam/task.js';
import type { Fault, Faults } from './faults.js';
import type { FaultName } from './kinds.js';

/** What is needed of the unit. */
export interface FaultyUnit {
  readonly senseFormat: 'fixed' | 'descriptor';
  /** Runs in order with the commands: nothing is answered meanwhile. */
  inOrder<T>(action: () => Promise<T>): Promise<T>;
}

/** A device and its server as one. */
export const faultyUnit = (
  device: Pick<FaultyUnit, 'senseFormat'>,
  server: Pick<FaultyUnit, 'inOrder'>,
): FaultyUnit => ({
  get senseFormat() {
    return device.senseFormat;
  },
  inOrder: (action) => server.inOrder(action),
});

/** INQUIRY, REQUEST SENSE and REPORT LUNS are answered whatever happens (SPC-5 6.6, 6.39, 6.33). */
const ALWAYS = new Set([0x12, 0x03, 0xa0]);
/** MOVE MEDIUM, EXCHANGE MEDIUM, POSITION TO ELEMENT (SMC-3). */
const MOVES = new Set([0xa5, 0xa6, 0x2b]);

const fitsOpcode =
  ({ cdb }: Task) =>
  ({ parameters: { opcode } }: Fault): boolean =>
    opcode === undefined ? !ALWAYS.has(cdb[0]!) : Number.parseInt(opcode, 16) === cdb[0];

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A router whose commands meet the faults before they reach the unit. */
export function faultyRouter(router: TaskRouter, faults: Faults, unit: FaultyUnit): TaskRouter {
  const answer = (state: Reply['status'], condition?: Sense): Completion => ({
    status: status[state],
    sense: condition ? encodeSense(condition, unit.senseFormat) : new Uint8Array(0),
    dataIn: new Uint8Array(0),
    dataOutUsed: 0,
  });
  const statuses: readonly (readonly [FaultName, (task: Task) => boolean, () => Completion])[] = [
    ['busy', () => true, () => answer('BUSY')],
    ['queue-full', () => true, () => answer('TASK SET FULL')],
    [
      'offline',
      ({ cdb }) => !ALWAYS.has(cdb[0]!),
      () => answer('CHECK CONDITION', sense('NOT READY', 'LOGICAL UNIT NOT READY, OFFLINE')),
    ],
    [
      'robot-jam',
      ({ cdb }) => MOVES.has(cdb[0]!),
      () => answer('CHECK CONDITION', sense('HARDWARE ERROR', 'MECHANICAL POSITIONING ERROR')),
    ],
  ];
  return {
    run(task) {
      if (faults.size === 0) return router.run(task);
      const fits = fitsOpcode(task);
      for (const [kind, concerns, strike] of statuses)
        if (concerns(task) && faults.strike(kind, fits)) return strike();
      const hang = faults.strike('hang', fits);
      const slow = faults.strike('slow', fits);
      // The unit does nothing else meanwhile; the command then takes its turn after this.
      if (hang) void unit.inOrder(() => hang.removed);
      if (slow) void unit.inOrder(() => sleep(Number(slow.parameters['ms'])));
      return router.run(task);
    },
    manage: (request) => router.manage(request),
  };
}
