// SPDX-License-Identifier: GPL-2.0-or-later
// READ ELEMENT STATUS (SMC-3; SCSI-2 17.2.5): what is where.
import { bit, bits, concat, layout, u8, u16, u24, type Values } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb, refuse } from '../sam/reply.js';
import { t10Designator } from '../spc/vpd-pages/device-identification.js';
import type { MediaChanger } from './changer.js';
import { allElementTypes, type Element, type ElementType, elementTypes } from './element.js';
import { describe } from './element-descriptor.js';

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
type Args = Values<typeof fields>;

const reportHeader = layout(8, {
  firstElementAddressReported: u16(0),
  numberOfElementsAvailable: u16(2),
  byteCountOfReportAvailable: u24(5),
});

const pageHeader = layout(8, {
  elementTypeCode: u8(0),
  PVOLTAG: bit(1, 7),
  AVOLTAG: bit(1, 6),
  elementDescriptorLength: u16(2),
  byteCountOfDescriptorDataAvailable: u24(5),
});

/** Length of the device identifier when there is none to tell: code set, type, reserved, length 0. */
const noIdentifierLength = 4;

/** The drive's identifier as its own Device Identification page has it, so that software can match the two. */
function identifierOf(changer: MediaChanger, element: Element, DVCID: boolean): Uint8Array {
  if (!DVCID || element.type !== 'data transfer' || !element.drive)
    return new Uint8Array(noIdentifierLength);
  return t10Designator(element.drive.identity, changer.traits.driveSerialLength);
}

/** An element status page. Its descriptors have one length; identifiers that differ are filled up with zeros. */
function page(changer: MediaChanger, elements: readonly Element[], args: Args): Uint8Array {
  const { VOLTAG, DVCID } = args;
  const { importExportOpen } = changer;
  const descriptors = elements.map((element) =>
    concat(describe(element, { VOLTAG, importExportOpen }), identifierOf(changer, element, DVCID)),
  );
  const length = Math.max(...descriptors.map((descriptor) => descriptor.length));
  const header = pageHeader.encode({
    elementTypeCode: elementTypes[elements[0]!.type],
    PVOLTAG: VOLTAG,
    elementDescriptorLength: length,
    byteCountOfDescriptorDataAvailable: length * descriptors.length,
  });
  const body = new Uint8Array(length * descriptors.length);
  descriptors.forEach((descriptor, i) => {
    body.set(descriptor, i * length);
  });
  return concat(header, body);
}

/** The elements asked for, ascending by address. */
function selected(changer: MediaChanger, args: Args): Element[] {
  const { elementTypeCode, startingElementAddress, numberOfElements } = args;
  const type = allElementTypes.find((each) => elementTypes[each] === elementTypeCode);
  if (elementTypeCode !== 0 && !type) throw invalidFieldInCdb(fields.elementTypeCode.at, 3);
  const { all } = changer.elements;
  // A start past every element is an error of the initiator; one past the elements of a type leaves none to tell.
  if (startingElementAddress > (all.at(-1)?.address ?? 0))
    throw refuse('ILLEGAL REQUEST', 'INVALID ELEMENT ADDRESS', {
      fieldPointer: { in: 'cdb', byte: fields.startingElementAddress.at },
    });
  return all
    .filter((element) => element.address >= startingElementAddress)
    .filter((element) => !type || element.type === type)
    .slice(0, numberOfElements);
}

/** Groups elements of a type, which are neighbours. */
function byType(elements: readonly Element[]): Element[][] {
  const groups = new Map<ElementType, Element[]>();
  for (const element of elements) {
    const group = groups.get(element.type);
    if (group) group.push(element);
    else groups.set(element.type, [element]);
  }
  return [...groups.values()];
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
    const elements = selected(changer, args);
    const pages = concat(...byType(elements).map((group) => page(changer, group, args)));
    const header = reportHeader.encode({
      firstElementAddressReported: elements[0]?.address ?? 0,
      numberOfElementsAvailable: elements.length,
      byteCountOfReportAvailable: pages.length,
    });
    return good(concat(header, pages));
  },
});
