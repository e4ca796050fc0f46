// SPDX-License-Identifier: GPL-2.0-or-later
// The ordered list of refusals a task meets before its command runs. The first one answers.
import type { Command, ReservationRule } from './command.js';
import type { CommandSet } from './command-set.js';
import { check, invalidFieldInCdb, type Reply, refuse, reservationConflict } from './reply.js';
import type { Sense } from './sense.js';
import type { Nexus, Task } from './task.js';
import type { UnitAttentions } from './unit-attention.js';

/** What the gates need to know of a unit. */
export interface Guarded {
  readonly attentions: UnitAttentions;
  /** Bits of CDB byte 1 that mean nothing here: a SCSI-2 initiator puts the LUN there (SCSI-2 7.2.2). */
  readonly ignoredCdbBits: number;
  /** Whether another nexus holds the unit by RESERVE (SPC-2 5.5.1). */
  reservedAgainst(nexus: Nexus): boolean;
  /** Whether a persistent reservation lets this nexus run a command of such a rule (SPC-5 5.14). */
  persistentReservationAllows(nexus: Nexus, rule: ReservationRule): boolean;
  /** The error of an earlier, acknowledged command, to be told to this nexus once (SPC-5 4.4.7). */
  takeDeferredError(nexus: Nexus): Sense | undefined;
}

const refusal = (error: ReturnType<typeof refuse>): Reply => check(error.sense, { dataOutUsed: 0 });

/** Operation code, then service action (SPC-5 4.2.5.2). */
function unsupported<Unit>(commands: CommandSet<Unit>, cdb: Uint8Array): Reply {
  return commands.hasServiceActions(cdb[0]!)
    ? refusal(invalidFieldInCdb(1, 4))
    : refusal(
        refuse('ILLEGAL REQUEST', 'INVALID COMMAND OPERATION CODE', {
          fieldPointer: { in: 'cdb', byte: 0, bit: 7 },
        }),
      );
}

/** Whether a reservation of another nexus keeps the command out. */
const conflicts = <Unit>(unit: Guarded, command: Command<Unit>, { nexus, cdb }: Task): boolean =>
  (unit.reservedAgainst(nexus) && !command.passesReserve(cdb)) ||
  !unit.persistentReservationAllows(nexus, command.allowedUnder(cdb));

/**
 * RESERVATION CONFLICT comes before any other status, but for the unit attentions of power on and resets: an
 * initiator has to learn that what it knew is gone (SAM-6 5.3.3). A deferred error comes last.
 */
function obstacle<Unit>(unit: Guarded, command: Command<Unit>, task: Task): Reply | undefined {
  const { attentions } = unit;
  const { nexus } = task;
  const told = !command.passesUnitAttention;
  const reset = told ? attentions.takeReset(nexus) : undefined;
  if (reset) return check(reset, { dataOutUsed: 0 });
  if (conflicts(unit, command, task)) return reservationConflict;
  const condition = told ? (attentions.take(nexus) ?? unit.takeDeferredError(nexus)) : undefined;
  return condition && check(condition, { dataOutUsed: 0 });
}

/** The command to run, or the reply that refuses the task. */
export function admit<Unit>(
  unit: Guarded,
  commands: CommandSet<Unit>,
  task: Task,
): Command<Unit> | Reply {
  const command = commands.of(task.cdb);
  if (!command) return unsupported(commands, task.cdb);
  const refused = obstacle(unit, command, task);
  if (refused) return refused;
  const wrong = command.reservedBit(task.cdb, unit.ignoredCdbBits);
  if (wrong) return refusal(invalidFieldInCdb(wrong.byte, wrong.bit));
  const expected = command.parameterListLength(task.cdb);
  if (expected !== undefined && expected > task.dataOut.length)
    return refusal(refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR'));
  return command;
}
