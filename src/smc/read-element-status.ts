// SPDX-License-Identifier: GPL-2.0-or-later
// READ ELEMENT STATUS (SMC-3; SCSI-2 17.2.5): what is where.
import { bit, bits, u16, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import { invalidElementAddress } from './addressing.js';
import type { MediaChanger } from './changer.js';
import { allElementTypes, type ElementMap, type ElementType, elementTypes } from './element.js';
import { elementStatus } from './element-status.js';

const fields = {
  VOLTAG: bit(1, 4),
  elementTypeCode: bits(1, 3, 4),
  startingElementAddress: u16(2),
  numberOfElements: u16(4),
  /** Forbids motion; nothing moves here anyway. */
  CURDATA: bit(6, 1),
  DVCID: bit(6, 0),
  allocationLength: u24(7),
};

/** The type of ELEMENT TYPE CODE in bits 3 to 0 of a CDB byte; undefined for 0, every type. */
export function elementTypeOf(code: number, byte: number): ElementType | undefined {
  const type = allElementTypes.find((each) => elementTypes[each] === code);
  if (code !== 0 && !type) throw invalidFieldInCdb(byte, 3);
  return type;
}

/** A start past every element is an error of the initiator; one past the elements of a type leaves none to tell. */
export function assertStart({ all }: ElementMap, address: number, byte: number): void {
  if (address > (all.at(-1)?.address ?? 0)) throw invalidElementAddress(byte);
}

export const readElementStatus = command<MediaChanger>()({
  name: 'READ ELEMENT STATUS',
  ref: 'SMC-3; SCSI-2 17.2.5',
  opcode: 0xb8,
  passesReserve: ({ CURDATA }) => CURDATA,
  allowedUnder: ({ CURDATA }) => (CURDATA ? 'every reservation' : 'write exclusive'),
  cdb: fields,
  execute(changer, args) {
    changer.assertReady();
    const type = elementTypeOf(args.elementTypeCode, fields.elementTypeCode.at);
    assertStart(changer.elements, args.startingElementAddress, fields.startingElementAddress.at);
    return good(elementStatus(changer, { type, ...args }, args));
  },
});
