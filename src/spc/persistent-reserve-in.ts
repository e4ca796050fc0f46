// SPDX-License-Identifier: GPL-2.0-or-later
// PERSISTENT RESERVE IN (SPC-5 6.16): who is registered, and who holds the reservation.
import { bit, bits, concat, layout, u16, u32, u64 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, type Reply, reservationConflict } from '../sam/reply.js';
import {
  type PersistentReservations,
  type ReservationType,
  reservationTypes,
} from './persistent-reservations.js';
import type { PrimaryDevice } from './primary.js';
import { transportIdOf } from './transport-id.js';

/** A device has one target port (SPC-5 7.7.6.8, relative target port identifier). */
export const onlyTargetPort = 1;

const header = layout(8, { generation: u32(0), additionalLength: u32(4) });
const reservationKey = layout(8, { key: u64(0) });
const reservationData = layout(16, { key: u64(0), scope: bits(13, 7, 4), type: bits(13, 3, 4) });
const fullStatus = layout(24, {
  key: u64(0),
  ALL_TG_PT: bit(12, 1),
  R_HOLDER: bit(12, 0),
  scope: bits(13, 7, 4),
  type: bits(13, 3, 4),
  relativeTargetPortIdentifier: u16(18),
  additionalDescriptorLength: u32(20),
});

const framed = (persistent: PersistentReservations, ...descriptors: Uint8Array[]): Uint8Array => {
  const content = concat(...descriptors);
  const { generation } = persistent;
  return concat(header.encode({ generation, additionalLength: content.length }), content);
};

function readKeys(persistent: PersistentReservations): Uint8Array {
  return framed(persistent, ...persistent.registrations.map((each) => reservationKey.encode(each)));
}

function readReservation(persistent: PersistentReservations): Uint8Array {
  const { reservation } = persistent;
  if (!reservation) return framed(persistent);
  /* With many holders there is no key to tell (SPC-5 6.16.3.2). */
  const key = persistent.heldByAllRegistrants ? 0n : persistent.keyOf(reservation.holder)!;
  const type = reservationTypes[reservation.type];
  return framed(persistent, reservationData.encode({ key, type }));
}

const capabilities = layout(8, {
  length: u16(0),
  CRH: bit(2, 4),
  SIP_C: bit(2, 3),
  ATP_C: bit(2, 2),
  PTPL_C: bit(2, 0),
  TMV: bit(3, 7),
  allowCommands: bits(3, 6, 3),
  PTPL_A: bit(3, 0),
  WR_EX_AR: bit(4, 7),
  EX_AC_RO: bit(4, 6),
  WR_EX_RO: bit(4, 5),
  EX_AC: bit(4, 3),
  WR_EX: bit(4, 1),
  EX_AC_AR: bit(5, 0),
});
/** TEST UNIT READY passes every type; commands that only read the device's state pass Write Exclusive. */
const readsPassWriteExclusive = 3;
/** The bit of each type in the PERSISTENT RESERVATION TYPE MASK. */
const typeMask: Readonly<Record<ReservationType, keyof typeof capabilities.fields>> = {
  'Write Exclusive': 'WR_EX',
  'Exclusive Access': 'EX_AC',
  'Write Exclusive - Registrants Only': 'WR_EX_RO',
  'Exclusive Access - Registrants Only': 'EX_AC_RO',
  'Write Exclusive - All Registrants': 'WR_EX_AR',
  'Exclusive Access - All Registrants': 'EX_AC_AR',
};

function reportCapabilities(persistent: PersistentReservations): Uint8Array {
  return capabilities.encode({
    length: capabilities.size,
    CRH: true,
    SIP_C: true,
    ATP_C: true,
    PTPL_C: true,
    TMV: true,
    allowCommands: readsPassWriteExclusive,
    PTPL_A: persistent.activatedThroughPowerLoss,
    ...Object.fromEntries(Object.values(typeMask).map((name) => [name, true])),
  });
}

function readFullStatus(persistent: PersistentReservations): Uint8Array {
  const descriptors = persistent.registrations.map(({ nexus, key, allTargetPorts }) => {
    const id = transportIdOf(nexus);
    const holds = persistent.isHolder(nexus);
    const descriptor = fullStatus.encode({
      key,
      ALL_TG_PT: allTargetPorts,
      R_HOLDER: holds,
      type: holds ? reservationTypes[persistent.reservation!.type] : 0,
      relativeTargetPortIdentifier: allTargetPorts ? 0 : onlyTargetPort,
      additionalDescriptorLength: id.length,
    });
    return concat(descriptor, id);
  });
  return framed(persistent, ...descriptors);
}

const serviceAction = (
  name: string,
  code: number,
  ref: string,
  data: (persistent: PersistentReservations) => Uint8Array,
) =>
  command<PrimaryDevice>()({
    name: `PERSISTENT RESERVE IN, ${name}`,
    ref,
    opcode: 0x5e,
    serviceAction: code,
    allowedUnder: 'every reservation',
    cdb: { allocationLength: u16(7) },
    /* RESERVE and persistent reservations exclude each other, for its holder too (SPC-2 5.5.1). */
    execute: (unit): Reply =>
      unit.reservedBy === undefined ? good(data(unit.persistent)) : reservationConflict,
  });

export const persistentReserveIn = [
  serviceAction('READ KEYS', 0x00, 'SPC-5 6.16.2', readKeys),
  serviceAction('READ RESERVATION', 0x01, 'SPC-5 6.16.3', readReservation),
  serviceAction('REPORT CAPABILITIES', 0x02, 'SPC-5 6.16.4', reportCapabilities),
  serviceAction('READ FULL STATUS', 0x03, 'SPC-5 6.16.5', readFullStatus),
] as const;
