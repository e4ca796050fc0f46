// SPDX-License-Identifier: GPL-2.0-or-later
// SEND VOLUME TAG and REQUEST VOLUME ELEMENT ADDRESS (SMC-3; SCSI-2 17.2.6, 17.2.7): where is this cartridge?
import { ascii, bit, bits, layout, u16, u24 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb, invalidFieldInParameterList, refuse } from '../sam/reply.js';
import type { Nexus } from '../sam/task.js';
import type { MediaChanger } from './changer.js';
import type { Element } from './element.js';
import { volumeTagOf } from './element-descriptor.js';
import { elementStatus, type Selection } from './element-status.js';
import { assertStart, elementTypeOf } from './read-element-status.js';
import { fitsTemplate } from './volume-template.js';

/** What an initiator asked for last with SEND VOLUME TAG. */
export interface VolumeSearch {
  readonly selection: Omit<Selection, 'numberOfElements'>;
  readonly sendActionCode: number;
}

/** SEND ACTION CODEs that search primary tags; those with 4 look at no volume sequence number, and there is none. */
const searches = [0x0, 0x1, 0x4, 0x5] as const;

const searchFields = {
  elementTypeCode: bits(1, 3, 4),
  startingElementAddress: u16(2),
  sendActionCode: bits(5, 4, 5),
  parameterListLength: u16(8),
};

const template = layout(40, {
  volumeIdentificationTemplate: ascii(0, 32),
  minimumVolumeSequenceNumber: u16(34),
  maximumVolumeSequenceNumber: u16(38),
});

export const sendVolumeTag = command<MediaChanger>()({
  name: 'SEND VOLUME TAG',
  ref: 'SMC-3; SCSI-2 17.2.7',
  opcode: 0xb6,
  cdb: searchFields,
  execute(changer, args, { nexus, dataOut }) {
    changer.assertReady();
    const type = elementTypeOf(args.elementTypeCode, searchFields.elementTypeCode.at);
    const { startingElementAddress, sendActionCode, parameterListLength } = args;
    assertStart(changer.elements, startingElementAddress, searchFields.startingElementAddress.at);
    if (!searches.some((code) => code === sendActionCode))
      throw invalidFieldInCdb(searchFields.sendActionCode.at, 4);
    if (parameterListLength !== template.size)
      throw refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');
    const list = template.decode(dataOut);
    const reserved = dataOut.findIndex((byte, i) => (byte & ~(template.mask[i] ?? 0xff)) !== 0);
    if (reserved >= 0) throw invalidFieldInParameterList(reserved);
    const matches = ({ cartridge }: Element): boolean => {
      const tag = volumeTagOf(cartridge);
      return tag !== undefined && fitsTemplate(list.volumeIdentificationTemplate, tag);
    };
    const selection = { type, startingElementAddress, matches };
    changer.volumeSearches.set(nexus, { selection, sendActionCode });
    return good();
  },
});

const resultFields = {
  VOLTAG: bit(1, 4),
  elementTypeCode: bits(1, 3, 4),
  elementAddress: u16(2),
  numberOfElements: u16(4),
  allocationLength: u24(7),
};

/** The search of this nexus, or the refusal for one that never asked. */
function searchOf(changer: MediaChanger, nexus: Nexus): VolumeSearch {
  const search = changer.volumeSearches.get(nexus);
  if (!search) throw refuse('ILLEGAL REQUEST', 'COMMAND SEQUENCE ERROR');
  return search;
}

export const requestVolumeElementAddress = command<MediaChanger>()({
  name: 'REQUEST VOLUME ELEMENT ADDRESS',
  ref: 'SMC-3; SCSI-2 17.2.6',
  opcode: 0xb5,
  allowedUnder: 'write exclusive',
  cdb: resultFields,
  execute(changer, args, { nexus }) {
    changer.assertReady();
    const type = elementTypeOf(args.elementTypeCode, resultFields.elementTypeCode.at);
    const { elementAddress, numberOfElements } = args;
    assertStart(changer.elements, elementAddress, resultFields.elementAddress.at);
    const { selection, sendActionCode } = searchOf(changer, nexus);
    // What the search left out stays out; of the rest, what this command asks for.
    const sameType = !selection.type || !type || type === selection.type;
    return good(
      elementStatus(
        changer,
        {
          type: type ?? selection.type,
          startingElementAddress: Math.max(elementAddress, selection.startingElementAddress),
          numberOfElements: sameType ? numberOfElements : 0,
          matches: selection.matches!,
        },
        { ...args, DVCID: false, sendActionCode },
      ),
    );
  },
});
