// SPDX-License-Identifier: GPL-2.0-or-later
// TransportIDs: how persistent reservations name an initiator port (SPC-5 7.6.4). Ports speak SAS, as today's drives do.
import { bits, layout, raw, u16 } from '../bytes/layout.js';
import type { Nexus } from '../sam/task.js';

/** PROTOCOL IDENTIFIER (SPC-5 table 446). */
const serialAttachedScsi = 6;

const transportId = layout(24, {
  formatCode: bits(0, 7, 2),
  protocolIdentifier: bits(0, 3, 4),
  sasAddress: raw(4, 8),
});

/** Bytes of a TransportID. */
export const transportIdLength = transportId.size;

/** NAA 3, locally assigned (SPC-5 7.7.6.6.4): the digits are ours, the last two bytes are the port's number. */
const locallyAssigned = [0x30, 0x6d, 0x68, 0x76, 0x74, 0x6c] as const;

const addressOf = (nexus: Nexus): Uint8Array => {
  const address = Uint8Array.from([...locallyAssigned, 0, 0]);
  u16(locallyAssigned.length).write(address, 0, nexus);
  return address;
};

/** The TransportID of an initiator port, the same after every restart. */
export const transportIdOf = (nexus: Nexus): Uint8Array =>
  transportId.encode({ protocolIdentifier: serialAttachedScsi, sasAddress: addressOf(nexus) });

/** The initiator port a TransportID names; undefined when it is none of ours. */
export function nexusOf(bytes: Uint8Array): Nexus | undefined {
  const { formatCode, protocolIdentifier, sasAddress } = transportId.decode(bytes);
  if (formatCode !== 0 || protocolIdentifier !== serialAttachedScsi) return undefined;
  const ours = locallyAssigned.every((byte, i) => sasAddress[i] === byte);
  return ours ? u16(locallyAssigned.length).read(sasAddress, 0) : undefined;
}
