// SPDX-License-Identifier: GPL-2.0-or-later
// PREEMPT and PREEMPT AND ABORT (SPC-5 5.14.11.4, 5.14.11.5): takes registrations, and perhaps the reservation, away.
import {
  good,
  invalidFieldInParameterList,
  type Reply,
  reservationConflict,
} from '../sam/reply.js';
import type { Nexus } from '../sam/task.js';
import type { Reservation, ReservationType } from './persistent-reservations.js';
import type { OutList } from './persistent-reserve-out-list.js';
import type { PrimaryDevice } from './primary.js';

const serviceActionReservationKeyAt = 8;

/** Whether the key names the holder: of one holder its key, of all registrants zero. */
function namesHolder({ persistent }: PrimaryDevice, key: bigint): boolean {
  const { reservation } = persistent;
  if (!reservation) return false;
  if (persistent.heldByAllRegistrants) return key === 0n;
  return persistent.keyOf(reservation.holder) === key;
}

/** Removes registrations and tells those who lost theirs. */
function removeRegistrations(unit: PrimaryDevice, lost: readonly Nexus[], by: Nexus): void {
  unit.persistent.unregister(lost);
  for (const nexus of lost) {
    unit.removalPreventedBy.delete(nexus);
    if (nexus !== by) unit.attentions.raiseFor(nexus, 'REGISTRATIONS PREEMPTED');
  }
}

/** A new reservation in place of the old one; who stays registered hears of a change of type. */
function takeOver(unit: PrimaryDevice, nexus: Nexus, before: Reservation, type: ReservationType) {
  const { persistent, attentions } = unit;
  persistent.reserve({ type, holder: nexus });
  if (before.holder !== nexus) unit.reservationLost(before.holder, true);
  if (before.type === type) return;
  for (const registered of persistent.registrations)
    if (registered.nexus !== nexus) attentions.raiseFor(registered.nexus, 'RESERVATIONS RELEASED');
}

export function preempt(
  unit: PrimaryDevice,
  nexus: Nexus,
  list: OutList,
  type: ReservationType,
  { abort }: { readonly abort: boolean },
): Reply {
  const { persistent, tasks } = unit;
  const key = list.serviceActionReservationKey;
  if (persistent.keyOf(nexus) !== list.reservationKey) return reservationConflict;
  if (key === 0n && !persistent.heldByAllRegistrants)
    throw invalidFieldInParameterList(serviceActionReservationKeyAt);
  const named = persistent.registrations
    .filter((each) => key === 0n || each.key === key)
    .map((each) => each.nexus);
  if (named.length === 0) return reservationConflict;
  const taken = namesHolder(unit, key) ? persistent.reservation : undefined;
  /* Who takes the reservation keeps its own registration. */
  const lost = taken ? named.filter((each) => each !== nexus) : named;
  removeRegistrations(unit, lost, nexus);
  if (taken) takeOver(unit, nexus, taken, type);
  if (abort) tasks.abort((task) => task.nexus !== nexus && lost.includes(task.nexus));
  persistent.generation++;
  return good();
}
