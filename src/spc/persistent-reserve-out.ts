// SPDX-License-Identifier: GPL-2.0-or-later
// PERSISTENT RESERVE OUT (SPC-5 6.17): registers, reserves, releases, preempts.
import { bits, u32, type Values } from '../bytes/layout.js';
import { type Command, command } from '../sam/command.js';
import { good, invalidFieldInCdb, type Reply, refuse, reservationConflict } from '../sam/reply.js';
import type { Nexus } from '../sam/task.js';
import {
  type ReservationType,
  reservationTypeOf,
  sharedByRegistrants,
} from './persistent-reservations.js';
import {
  basicList,
  moveList,
  type OutList,
  otherPorts,
  portToMoveTo,
} from './persistent-reserve-out-list.js';
import { preempt } from './preempt.js';
import type { PrimaryDevice } from './primary.js';

/** Tells every registered nexus but one. */
function tellRegistered(
  { attentions, persistent }: PrimaryDevice,
  condition: 'RESERVATIONS RELEASED' | 'RESERVATIONS PREEMPTED',
  except: Nexus,
): void {
  for (const { nexus } of persistent.registrations)
    if (nexus !== except) attentions.raiseFor(nexus, condition);
}

/** Takes one registration back; its reservation goes with it (SPC-5 5.14.11.2.3). */
function unregister(unit: PrimaryDevice, nexus: Nexus): void {
  const released = unit.persistent.unregister([nexus]);
  if (!released) return;
  unit.reservationLost(nexus, false);
  if (sharedByRegistrants(released)) tellRegistered(unit, 'RESERVATIONS RELEASED', nexus);
}

/** The registration is there and the key is its own; RESERVATION CONFLICT else. */
const matches = ({ persistent }: PrimaryDevice, nexus: Nexus, { reservationKey }: OutList) =>
  persistent.keyOf(nexus) === reservationKey;

/** REGISTER, which must name the key it replaces, and REGISTER AND IGNORE EXISTING KEY, which need not. */
function register(unit: PrimaryDevice, nexus: Nexus, list: OutList, others: Nexus[]): Reply {
  const { persistent } = unit;
  const key = list.serviceActionReservationKey;
  const known = persistent.keyOf(nexus) !== undefined;
  if (!known && key === 0n) return good();
  if (key === 0n) unregister(unit, nexus);
  else
    for (const each of [nexus, ...others])
      persistent.register({ nexus: each, key, allTargetPorts: list.ALL_TG_PT });
  persistent.generation++;
  persistent.activateThroughPowerLoss(list.APTPL);
  return good();
}

function registerKnown(unit: PrimaryDevice, nexus: Nexus, list: OutList, bytes: Uint8Array): Reply {
  const known = unit.persistent.keyOf(nexus);
  if ((known ?? 0n) !== list.reservationKey) return reservationConflict;
  if (!list.SPEC_I_PT) return register(unit, nexus, list, []);
  if (known !== undefined || list.serviceActionReservationKey === 0n) throw invalidFieldInCdb(1, 4);
  return register(unit, nexus, list, otherPorts(bytes));
}

function reserve(unit: PrimaryDevice, nexus: Nexus, list: OutList, type: ReservationType): Reply {
  const { persistent } = unit;
  if (!matches(unit, nexus, list)) return reservationConflict;
  const { reservation } = persistent;
  if (!reservation) persistent.reserve({ type, holder: nexus });
  else if (!persistent.isHolder(nexus) || reservation.type !== type) return reservationConflict;
  return good();
}

function release(unit: PrimaryDevice, nexus: Nexus, list: OutList, type: ReservationType): Reply {
  const { persistent } = unit;
  if (!matches(unit, nexus, list)) return reservationConflict;
  if (!persistent.isHolder(nexus)) return good();
  if (persistent.reservation!.type !== type)
    throw refuse('ILLEGAL REQUEST', 'INVALID RELEASE OF PERSISTENT RESERVATION');
  persistent.release();
  unit.reservationLost(nexus, false);
  if (sharedByRegistrants(type)) tellRegistered(unit, 'RESERVATIONS RELEASED', nexus);
  return good();
}

function clear(unit: PrimaryDevice, nexus: Nexus, list: OutList): Reply {
  const { persistent, removalPreventedBy } = unit;
  if (!matches(unit, nexus, list)) return reservationConflict;
  tellRegistered(unit, 'RESERVATIONS PREEMPTED', nexus);
  for (const registered of persistent.registrations) removalPreventedBy.delete(registered.nexus);
  const holder = persistent.reservation?.holder;
  persistent.release();
  if (holder !== undefined) unit.reservationLost(holder, false);
  persistent.unregister(persistent.registrations.map((each) => each.nexus));
  persistent.generation++;
  return good();
}

function registerAndMove(unit: PrimaryDevice, nexus: Nexus, bytes: Uint8Array): Reply {
  const { persistent } = unit;
  const list = moveList(bytes);
  const { reservation } = persistent;
  if (persistent.keyOf(nexus) !== list.reservationKey) return reservationConflict;
  if (!reservation || !persistent.isHolder(nexus) || persistent.heldByAllRegistrants)
    return reservationConflict;
  const target = portToMoveTo(bytes, nexus);
  const key = list.serviceActionReservationKey;
  persistent.register({ nexus: target, key, allTargetPorts: false });
  persistent.reserve({ type: reservation.type, holder: target });
  unit.reservationLost(nexus, false);
  if (list.UNREG) persistent.unregister([nexus]);
  persistent.generation++;
  persistent.activateThroughPowerLoss(list.APTPL);
  return good();
}

const fields = {
  scope: bits(2, 7, 4),
  type: bits(2, 3, 4),
  parameterListLength: u32(5),
} as const;

/** SCOPE must be the logical unit, TYPE one there is; both are ignored where no reservation is named. */
function namedType({ scope, type }: Values<typeof fields>): ReservationType {
  if (scope !== 0) throw invalidFieldInCdb(2, 7);
  const name = reservationTypeOf(type);
  if (!name) throw invalidFieldInCdb(2, 3);
  return name;
}

type Args = Values<typeof fields>;
type Action = (unit: PrimaryDevice, nexus: Nexus, bytes: Uint8Array, args: Args) => Reply;

/** Declares a service action. Its bytes are the parameter list, no longer than the CDB says. */
const serviceAction = (code: number, name: string, ref: string, action: Action) =>
  command<PrimaryDevice>()({
    name: `PERSISTENT RESERVE OUT, ${name}`,
    ref,
    opcode: 0x5f,
    serviceAction: code,
    allowedUnder: 'every reservation',
    cdb: fields,
    execute(unit, args, { nexus, dataOut }) {
      if (unit.reservedBy !== undefined) return reservationConflict;
      const reply = action(unit, nexus, dataOut.subarray(0, args.parameterListLength), args);
      unit.persistent.save();
      return reply;
    },
  });

export const persistentReserveOut: readonly Command<PrimaryDevice>[] = [
  serviceAction(0x00, 'REGISTER', 'SPC-5 5.14.7', (unit, nexus, bytes) =>
    registerKnown(unit, nexus, basicList(bytes, { mayName: true }), bytes),
  ),
  serviceAction(0x01, 'RESERVE', 'SPC-5 5.14.9', (unit, nexus, bytes, args) =>
    reserve(unit, nexus, basicList(bytes), namedType(args)),
  ),
  serviceAction(0x02, 'RELEASE', 'SPC-5 5.14.11.2', (unit, nexus, bytes, args) =>
    release(unit, nexus, basicList(bytes), namedType(args)),
  ),
  serviceAction(0x03, 'CLEAR', 'SPC-5 5.14.11.6', (unit, nexus, bytes) =>
    clear(unit, nexus, basicList(bytes)),
  ),
  serviceAction(0x04, 'PREEMPT', 'SPC-5 5.14.11.4', (unit, nexus, bytes, args) =>
    preempt(unit, nexus, basicList(bytes), namedType(args), { abort: false }),
  ),
  serviceAction(0x05, 'PREEMPT AND ABORT', 'SPC-5 5.14.11.5', (unit, nexus, bytes, args) =>
    preempt(unit, nexus, basicList(bytes), namedType(args), { abort: true }),
  ),
  serviceAction(0x06, 'REGISTER AND IGNORE EXISTING KEY', 'SPC-5 5.14.7', (unit, nexus, bytes) =>
    register(unit, nexus, basicList(bytes), []),
  ),
  serviceAction(0x07, 'REGISTER AND MOVE', 'SPC-5 5.14.8', (unit, nexus, bytes) =>
    registerAndMove(unit, nexus, bytes),
  ),
];
