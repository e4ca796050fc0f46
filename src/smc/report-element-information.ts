// SPDX-License-Identifier: GPL-2.0-or-later
// REPORT ELEMENT INFORMATION (SMC-3): what elements are, and their states, in pages. Laid out as in Quantum's SCSI Reference
// Guide for its Scalar libraries.
import { bit, bits, concat, layout, u8, u16, u32 } from '../bytes/layout.js';
import { additionalSenseCodes } from '../sam/asc.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb } from '../sam/reply.js';
import { isHolder } from './addressing.js';
import type { MediaChanger } from './changer.js';
import { allElementTypes, type Element, type ElementType, elementTypes } from './element.js';
import { accessible } from './element-descriptor.js';
import { elementTypeOf } from './read-element-status.js';

/** PAGE CODE. */
const pages = { supported: 0x00, static: 0x02, state: 0x03, all: 0x7f } as const;

const pageHeader = layout(8, { pageCode: u8(0), descriptorLength: u16(2), pageLength: u32(4) });
const supportedDescriptor = layout(4, { elementTypeCode: bits(0, 3, 4), listLength: u16(2) });
const staticDescriptor = layout(12, {
  firstElementAddressReported: u32(0),
  numberOfElementsReported: u32(4),
  elementTypeCode: bits(8, 3, 4),
  SO: bit(9, 5),
  DO: bit(9, 4),
  NXP: bit(9, 3),
  MDO: bit(9, 2),
  IESTOR: bit(9, 1),
  EDC: bit(9, 0),
});
const stateDescriptor = layout(8, {
  elementAddress: u32(0),
  elementTypeCode: bits(4, 3, 4),
  volumePresent: bits(5, 7, 2),
  import: bits(5, 5, 2),
  OIR: bit(5, 3),
  ED: bit(5, 2),
  MTAP: bit(5, 1),
  SDV: bit(5, 0),
  additionalSense: u16(6),
});

/** VOLUME PRESENT and IMPORT: two bits that can also say that nobody knows. */
const unknown = 0;
const yesOrNo = (is: boolean): number => (is ? 1 : 2);

/** A page; the length of descriptors is told where all have the same. */
function page(
  pageCode: number,
  descriptors: readonly Uint8Array[],
  descriptorLength = 0,
): Uint8Array {
  const content = concat(...descriptors);
  const header = pageHeader.encode({ pageCode, descriptorLength, pageLength: content.length });
  return concat(header, content);
}

/** Every type has the same pages. */
function supportedPages(types: readonly ElementType[]): Uint8Array {
  const codes = Uint8Array.from(Object.values(pages));
  const descriptors = types.map((type) =>
    concat(
      supportedDescriptor.encode({
        elementTypeCode: elementTypes[type],
        listLength: codes.length,
      }),
      codes,
    ),
  );
  return page(pages.supported, descriptors);
}

/** Neighbours of one type are alike. */
function staticInformation(elements: readonly Element[]): Uint8Array {
  const runs: { readonly type: ElementType; readonly first: number; length: number }[] = [];
  for (const { type, address } of elements) {
    const run = runs.at(-1);
    if (run?.type === type && run.first + run.length === address) run.length++;
    else runs.push({ type, first: address, length: 1 });
  }
  const descriptors = runs.map(({ type, first, length }) =>
    staticDescriptor.encode({
      firstElementAddressReported: first,
      numberOfElementsReported: length,
      elementTypeCode: elementTypes[type],
      MDO: type === 'medium transport',
    }),
  );
  return page(pages.static, descriptors, staticDescriptor.size);
}

/** A mail slot that stands open and a drive that is not there need somebody's hands. */
const needsOperator = (element: Element, importExportOpen: boolean): boolean =>
  (element.type === 'import/export' && importExportOpen) ||
  (element.type === 'data transfer' && !isHolder(element));

function stateInformation(
  elements: readonly Element[],
  { importExportOpen }: MediaChanger,
): Uint8Array {
  const descriptors = elements.map((element) => {
    const { address, type, cartridge, exception } = element;
    return stateDescriptor.encode({
      elementAddress: address,
      elementTypeCode: elementTypes[type],
      volumePresent: yesOrNo(cartridge !== undefined),
      import: type === 'import/export' ? yesOrNo(!element.placedByOperator) : unknown,
      OIR: needsOperator(element, importExportOpen),
      MTAP: type !== 'medium transport' && !accessible(element, importExportOpen),
      SDV: exception !== undefined,
      additionalSense: exception === undefined ? 0 : additionalSenseCodes[exception],
    });
  });
  return page(pages.state, descriptors, stateDescriptor.size);
}

const fields = {
  pageCode: u8(2),
  NEV: bit(3, 5),
  CDATA: bit(3, 4),
  elementTypeCode: bits(3, 3, 4),
  startingElementAddress: u32(6),
  allocationLength: u32(10),
  numberOfElements: u8(14),
};

export const reportElementInformation = command<MediaChanger>()({
  name: 'REPORT ELEMENT INFORMATION',
  ref: 'SMC-3, REPORT ELEMENT INFORMATION',
  opcode: 0x9e,
  serviceAction: 0x10,
  passesReserve: true,
  allowedUnder: 'every reservation',
  cdb: fields,
  execute(changer, args) {
    changer.assertReady();
    const type = elementTypeOf(args.elementTypeCode, fields.elementTypeCode.at);
    const types = type ? [type] : allElementTypes;
    const asked = changer.elements.all.filter(
      ({ type: own, address }) => types.includes(own) && address >= args.startingElementAddress,
    );
    const elements = asked.slice(0, args.NEV ? args.numberOfElements : undefined);
    switch (args.pageCode) {
      case pages.supported:
        if (args.NEV) throw invalidFieldInCdb(fields.NEV.at, 5);
        return good(supportedPages(types));
      case pages.static:
        return good(staticInformation(elements));
      case pages.state:
        return good(stateInformation(elements, changer));
      case pages.all: {
        const information = [staticInformation(elements), stateInformation(elements, changer)];
        return good(concat(supportedPages(types), ...information));
      }
      default:
        throw invalidFieldInCdb(fields.pageCode.at);
    }
  },
});
