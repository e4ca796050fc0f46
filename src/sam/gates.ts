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

/** RESERVATION CONFLICT comes before any other status of the command (SAM-6 5.3.3). */
const conflicts = <Unit>(unit: Guarded, command: Command<Unit>, { nexus, cdb }: Task): boolean =>
  (unit.reservedAgainst(nexus) && !command.passesReserve(cdb)) ||
  !unit.persistentReservationAllows(nexus, command.allowedUnder(cdb));

/** A unit attention, else a deferred error: the command was not run. */
function waiting<Unit>(unit: Guarded, command: Command<Unit>, { nexus }: Task): Sense | undefined {
  if (command.passesUnitAttention) return undefined;
  return unit.attentions.take(nexus) ?? unit.takeDeferredError(nexus);
}

/** The command to run, or the reply that refuses the task. */
export function admit<Unit>(
  unit: Guarded,
  commands: CommandSet<Unit>,
  task: Task,
): Command<Unit> | Reply {
  const command = commands.of(task.cdb);
  if (!command) return unsupported(commands, task.cdb);
  if (conflicts(unit, command, task)) return reservationConflict;
  const condition = waiting(unit, command, task);
  if (condition) return check(condition, { dataOutUsed: 0 });
  const wrong = command.reservedBit(task.cdb, unit.ignoredCdbBits);
  if (wrong) return refusal(invalidFieldInCdb(wrong.byte, wrong.bit));
  const expected = command.parameterListLength(task.cdb);
  if (expected !== undefined && expected > task.dataOut.length)
    return refusal(refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR'));
  return command;
}
