// SPDX-License-Identifier: GPL-2.0-or-later
// READ ATTRIBUTE of a media changer (SPC-5 6.17, SMC-2): the medium auxiliary memory of the cartridge in an element. The
// fields are those of Sony's LIB-D81, which documents them.
import { bits, concat, layout, u8, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb, refuse } from '../sam/reply.js';
import {
  type AttributeValue,
  assertAttributePlace,
  attributeFields,
  attributeIdentifiers,
  attributeList,
  attributeNumbers,
  attributeValues,
} from '../spc/attribute-data.js';
import { Addressed } from './addressing.js';
import type { MediaChanger } from './changer.js';
import { allElementTypes, elementTypes, holdsCartridges } from './element.js';
import { elementTypeOf } from './read-element-status.js';

const fields = { elementAddress: u16(2), elementTypeCode: bits(4, 3, 4), ...attributeFields };

/** A library reads what the cartridge has for all partitions. */
const partitions = 1;

/** The memory of the cartridge in the element that is asked for. */
function memoryIn(
  changer: MediaChanger,
  args: { readonly [Name in keyof typeof fields]: number },
): readonly AttributeValue[] {
  changer.assertReady();
  const element = new Addressed(changer.elements, fields, args).element('elementAddress');
  const type = elementTypeOf(args.elementTypeCode, fields.elementTypeCode.at);
  if (type && type !== element.type) throw invalidFieldInCdb(fields.elementTypeCode.at, 3);
  assertAttributePlace(args, partitions);
  if (!element.cartridge) throw refuse('NOT READY', 'MEDIUM NOT PRESENT');
  const attributes = changer.attributesOf(element.cartridge.barcode);
  if (!attributes) throw refuse('MEDIUM ERROR', 'AUXILIARY MEMORY READ ERROR');
  return attributes;
}

const serviceAction = (
  code: number,
  name: string,
  data: (memory: readonly AttributeValue[], first: number) => Uint8Array,
) =>
  command<MediaChanger>()({
    name: `READ ATTRIBUTE, ${name}`,
    ref: 'SPC-5 6.17',
    opcode: 0x8c,
    serviceAction: code,
    allowedUnder: 'write exclusive',
    cdb: fields,
    execute: (changer, args) => good(data(memoryIn(changer, args), args.firstAttributeIdentifier)),
  });

const elementListEntry = layout(5, {
  elementTypeCode: u8(0),
  firstElementAddress: u16(1),
  numberOfElements: u16(3),
});

/** The elements in which a cartridge's memory can be read. */
const elementList = command<MediaChanger>()({
  name: 'READ ATTRIBUTE, ELEMENT LIST',
  ref: 'SPC-5 6.17',
  opcode: 0x8c,
  serviceAction: 0x04,
  allowedUnder: 'write exclusive',
  cdb: fields,
  execute({ elements }) {
    const entries = allElementTypes
      .filter((type) => holdsCartridges(type) && elements.of(type).length > 0)
      .map((type) =>
        elementListEntry.encode({
          elementTypeCode: elementTypes[type],
          firstElementAddress: elements.of(type)[0]!.address,
          numberOfElements: elements.of(type).length,
        }),
      );
    return good(attributeList(concat(...entries)));
  },
});

export const readElementAttribute = [
  serviceAction(0x00, 'ATTRIBUTE VALUES', attributeValues),
  serviceAction(0x01, 'ATTRIBUTE LIST', attributeIdentifiers),
  serviceAction(0x02, 'LOGICAL VOLUME LIST', () => attributeNumbers(1)),
  serviceAction(0x03, 'PARTITION LIST', () => attributeNumbers(partitions)),
  elementList,
] as const;
