// SPDX-License-Identifier: GPL-2.0-or-later
// RESERVE and RELEASE of a whole logical unit (SPC-2 7.16, 7.17, 7.21, 7.22).
import { bit, u8, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb, type Reply, reservationConflict } from '../sam/reply.js';
import type { Task } from '../sam/task.js';
import type { PrimaryDevice } from './primary.js';

const thirdPartyBit = { byte: 1, bit: 4 };
const elementBit = { byte: 1, bit: 0 };

/** What a reservation is of: fields of every CDB here. */
export const reservationScope = {
  thirdParty: bit(thirdPartyBit.byte, thirdPartyBit.bit),
  element: bit(elementBit.byte, elementBit.bit),
  identification: u8(2),
};

interface Scope {
  readonly thirdParty: boolean;
  readonly element: boolean;
}

/** Reservations on behalf of others are not offered (3rdPty). */
export function assertOwn({ thirdParty }: Pick<Scope, 'thirdParty'>): void {
  if (thirdParty) throw invalidFieldInCdb(thirdPartyBit.byte, thirdPartyBit.bit);
}

function assertWholeUnit(scope: Scope): void {
  assertOwn(scope);
  if (scope.element) throw invalidFieldInCdb(elementBit.byte, elementBit.bit);
}

/**
 * Where anybody is registered, persistent reservations rule: who has access by one is told GOOD and nothing happens,
 * others conflict (SPC-5 5.14.3, compatible reservation handling).
 */
export function ruledByRegistrations(
  { persistent }: PrimaryDevice,
  { nexus }: Task,
): Reply | undefined {
  if (persistent.registrations.length === 0) return undefined;
  return persistent.reservation && persistent.hasAccess(nexus) ? good() : reservationConflict;
}

export function reserve(unit: PrimaryDevice, scope: Scope, task: Task): Reply {
  assertWholeUnit(scope);
  const ruled = ruledByRegistrations(unit, task);
  if (ruled) return ruled;
  if (unit.partlyReservedAgainst(task.nexus)) return reservationConflict;
  unit.releaseParts(task.nexus);
  unit.reservedBy = task.nexus;
  return good();
}

/** A release by anybody but the holder does nothing and is no error. */
export function release(unit: PrimaryDevice, scope: Scope, task: Task): Reply {
  assertWholeUnit(scope);
  const ruled = ruledByRegistrations(unit, task);
  if (ruled) return ruled;
  unit.releaseParts(task.nexus);
  if (unit.reservedBy === task.nexus) unit.reservedBy = undefined;
  return good();
}

export const reserve6 = command<PrimaryDevice>()({
  name: 'RESERVE(6)',
  ref: 'SPC-2 7.21',
  opcode: 0x16,
  allowedUnder: 'every reservation',
  cdb: { ...reservationScope, listLength: u16(3) },
  execute: reserve,
});

export const release6 = command<PrimaryDevice>()({
  name: 'RELEASE(6)',
  ref: 'SPC-2 7.16',
  opcode: 0x17,
  allowedUnder: 'every reservation',
  passesReserve: true,
  cdb: reservationScope,
  execute: release,
});

export const reserve10 = command<PrimaryDevice>()({
  name: 'RESERVE(10)',
  ref: 'SPC-2 7.22',
  opcode: 0x56,
  allowedUnder: 'every reservation',
  cdb: { ...reservationScope, listLength: u16(7) },
  execute: reserve,
});

export const release10 = command<PrimaryDevice>()({
  name: 'RELEASE(10)',
  ref: 'SPC-2 7.17',
  opcode: 0x57,
  allowedUnder: 'every reservation',
  passesReserve: true,
  cdb: { ...reservationScope, listLength: u16(7) },
  execute: release,
});
