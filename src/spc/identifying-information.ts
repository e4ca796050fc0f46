// SPDX-License-Identifier: GPL-2.0-or-later
// REPORT and SET IDENTIFYING INFORMATION (SPC-5 6.26, 6.43): what the owner of a device calls it.
import { bits, concat, layout, u16, u32 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import type { DeviceState } from './environment.js';
import type { PrimaryDevice } from './primary.js';

/** INFORMATION TYPE -> most bytes of it (SPC-5 table 226): of the device, and as text. */
const maximumLengths: ReadonlyMap<number, number> = new Map([
  [0x00, 64],
  [0x02, 256],
]);
/** Type that asks which there are. */
const supportedTypes = 0x7f;

const header = layout(4, { length: u16(2) });
const typeDescriptor = layout(4, { informationType: bits(0, 7, 7), maximumLength: u16(2) });
const informationType = bits(10, 7, 7);

const stateName = (type: number): string => `identifying-information-${type}`;

const stored = (state: DeviceState, type: number): Uint8Array =>
  state.load(stateName(type)) ?? new Uint8Array(0);

const framed = (content: Uint8Array): Uint8Array =>
  concat(header.encode({ length: content.length }), content);

export const reportIdentifyingInformation = command<PrimaryDevice>()({
  name: 'REPORT IDENTIFYING INFORMATION',
  ref: 'SPC-5 6.26',
  opcode: 0xa3,
  serviceAction: 0x05,
  allowedUnder: 'every reservation',
  cdb: { allocationLength: u32(6), informationType },
  execute({ state }, { informationType: type }) {
    if (maximumLengths.has(type)) return good(framed(stored(state, type)));
    if (type !== supportedTypes) throw invalidFieldInCdb(10, 7);
    const descriptors = [...maximumLengths].map(([informationType, maximumLength]) =>
      typeDescriptor.encode({ informationType, maximumLength }),
    );
    return good(framed(concat(...descriptors)));
  },
});

export const setIdentifyingInformation = command<PrimaryDevice>()({
  name: 'SET IDENTIFYING INFORMATION',
  ref: 'SPC-5 6.43',
  opcode: 0xa4,
  serviceAction: 0x06,
  cdb: { parameterListLength: u32(6), informationType },
  execute(unit, { parameterListLength, informationType: type }, { nexus, dataOut }) {
    const most = maximumLengths.get(type);
    if (most === undefined) throw invalidFieldInCdb(10, 7);
    if (parameterListLength > most) throw invalidFieldInCdb(6);
    unit.state.save(stateName(type), dataOut.subarray(0, parameterListLength));
    unit.attentions.raise('DEVICE IDENTIFIER CHANGED', nexus);
    return good();
  },
});
