// SPDX-License-Identifier: GPL-2.0-or-later
// The ordered list of refusals a task meets before its command runs. The first one answers.
import type { Command } from './command.js';
import type { CommandSet } from './command-set.js';
import { check, invalidFieldInCdb, type Reply, refuse, reservationConflict } from './reply.js';
import type { Nexus, Task } from './task.js';
import type { UnitAttentions } from './unit-attention.js';

/** What the gates need to know of a unit. */
export interface Guarded {
  readonly attentions: UnitAttentions;
  /** Bits of CDB byte 1 that mean nothing here: a SCSI-2 initiator puts the LUN there (SCSI-2 7.2.2). */
  readonly ignoredCdbBits: number;
  /** Whether another nexus' reservation forbids the command. */
  reservedAgainst(nexus: Nexus): boolean;
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

/** The command to run, or the reply that refuses the task. */
export function admit<Unit>(
  unit: Guarded,
  commands: CommandSet<Unit>,
  task: Task,
): Command<Unit> | Reply {
  const command = commands.of(task.cdb);
  if (!command) return unsupported(commands, task.cdb);
  const wrong = command.reservedBit(task.cdb, unit.ignoredCdbBits);
  if (wrong) return refusal(invalidFieldInCdb(wrong.byte, wrong.bit));
  if (!command.passesUnitAttention) {
    const attention = unit.attentions.take(task.nexus);
    if (attention) return check(attention, { dataOutUsed: 0 });
  }
  if (!command.passesReservation && unit.reservedAgainst(task.nexus)) return reservationConflict;
  const expected = command.parameterListLength(task.cdb);
  if (expected !== undefined && expected > task.dataOut.length)
    return refusal(refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR'));
  return command;
}
