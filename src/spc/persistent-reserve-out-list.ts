// SPDX-License-Identifier: GPL-2.0-or-later
// The parameter lists of PERSISTENT RESERVE OUT (SPC-5 6.17.3, 6.17.4), with the initiator ports they name.
import { bit, layout, readUint, u16, u32, u64, type Values } from '../bytes/layout.js';
import { invalidFieldInParameterList, refuse } from '../sam/reply.js';
import type { Nexus } from '../sam/task.js';
import { onlyTargetPort } from './persistent-reserve-in.js';
import { nexusOf, transportIdLength } from './transport-id.js';

const basic = layout(24, {
  reservationKey: u64(0),
  serviceActionReservationKey: u64(8),
  SPEC_I_PT: bit(20, 3),
  ALL_TG_PT: bit(20, 2),
  APTPL: bit(20, 0),
});
export type OutList = Values<typeof basic.fields>;

const move = layout(24, {
  reservationKey: u64(0),
  serviceActionReservationKey: u64(8),
  UNREG: bit(17, 1),
  APTPL: bit(17, 0),
  relativeTargetPortIdentifier: u16(18),
  transportIdLength: u32(20),
});
type MoveList = Values<typeof move.fields>;

const lengthError = () => refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');

/** TRANSPORTID PARAMETER DATA LENGTH, which follows the basic list. */
const additionalLengthSize = 4;

/** An initiator port named at an offset; refuses what is no port of ours. */
function portAt(bytes: Uint8Array, at: number): Nexus {
  const nexus = nexusOf(bytes.subarray(at, at + transportIdLength));
  if (nexus === undefined) throw invalidFieldInParameterList(at);
  return nexus;
}

/**
 * Decodes the basic parameter list.
 * @param mayName SPEC_I_PT may be one: initiator ports follow
 */
export function basicList(bytes: Uint8Array, { mayName = false } = {}): OutList {
  if (bytes.length < basic.size) throw lengthError();
  const list = basic.decode(bytes);
  if (list.SPEC_I_PT && !mayName) throw invalidFieldInParameterList(20, 3);
  if (!list.SPEC_I_PT && bytes.length !== basic.size) throw lengthError();
  return list;
}

/** The initiator ports that a REGISTER with SPEC_I_PT names beside its own. */
export function otherPorts(bytes: Uint8Array): Nexus[] {
  const idsAt = basic.size + additionalLengthSize;
  if (bytes.length < idsAt) throw lengthError();
  const length = readUint(bytes, basic.size, additionalLengthSize);
  if (length % transportIdLength !== 0) throw invalidFieldInParameterList(basic.size);
  if (bytes.length < idsAt + length) throw lengthError();
  const ports: Nexus[] = [];
  for (let at = idsAt; at < idsAt + length; at += transportIdLength) ports.push(portAt(bytes, at));
  return ports;
}

/** Decodes the parameter list of REGISTER AND MOVE, its TransportID left alone. */
export function moveList(bytes: Uint8Array): MoveList {
  if (bytes.length < move.size) throw lengthError();
  return move.decode(bytes);
}

/** Where REGISTER AND MOVE moves to: another port of ours, with a key (SPC-5 5.14.8). */
export function portToMoveTo(bytes: Uint8Array, own: Nexus): Nexus {
  const list = move.decode(bytes);
  const at = (field: keyof MoveList) => invalidFieldInParameterList(move.fields[field].at);
  if (list.serviceActionReservationKey === 0n) throw at('serviceActionReservationKey');
  if (list.relativeTargetPortIdentifier !== onlyTargetPort)
    throw at('relativeTargetPortIdentifier');
  if (list.transportIdLength !== transportIdLength) throw at('transportIdLength');
  if (bytes.length < move.size + transportIdLength) throw lengthError();
  const target = portAt(bytes, move.size);
  if (target === own) throw invalidFieldInParameterList(move.size);
  return target;
}
