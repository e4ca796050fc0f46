// SPDX-License-Identifier: GPL-2.0-or-later
// WRITE ATTRIBUTE (SPC-5 6.51): sets and deletes attributes of the mounted cartridge, all of a list or none.
import { bit, readUint, u32 } from '../bytes/layout.js';
import {
  type AttributeFault,
  attributeFault,
  writeAttribute as set,
} from '../medium/attribute-access.js';
import { command } from '../sam/command.js';
import { check, good, invalidFieldInParameterList, refuse } from '../sam/reply.js';
import { assertAttributePlace, attributeFields, attributeHeader } from '../spc/attribute-data.js';
import { mediumFault } from './medium-conditions.js';
import type { TapeDrive } from './tape-drive.js';
import { isWriteProtected } from './write-permission.js';

interface Setting {
  readonly id: number;
  readonly value: Uint8Array;
}

/** PARAMETER DATA LENGTH. */
const headerSize = 4;

/** The field of an attribute that a fault is in. */
const faulty: Readonly<Record<AttributeFault, keyof typeof attributeHeader.fields>> = {
  unknown: 'id',
  'read only': 'id',
  'wrong format': 'format',
  'wrong length': 'length',
};

const lengthError = () => refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');

/** The attributes of a list; the first that cannot be taken refuses it. */
function settings(list: Uint8Array): Setting[] {
  if (list.length < headerSize) throw lengthError();
  const end = headerSize + readUint(list, 0, headerSize);
  if (end > list.length) throw lengthError();
  const found: Setting[] = [];
  for (let at = headerSize; at < end; ) {
    if (at + attributeHeader.size > end) throw lengthError();
    const { id, format, length } = attributeHeader.decode(list, at);
    const next = at + attributeHeader.size + length;
    if (next > end) throw lengthError();
    if (id <= (found.at(-1)?.id ?? -1)) throw invalidFieldInParameterList(at);
    const value = list.slice(at + attributeHeader.size, next);
    const fault = attributeFault(id, format, value);
    if (fault) throw invalidFieldInParameterList(at + attributeHeader.fields[faulty[fault]].at);
    found.push({ id, value });
    at = next;
  }
  return found;
}

export const writeAttribute = command<TapeDrive>()({
  name: 'WRITE ATTRIBUTE',
  ref: 'SPC-5 6.51',
  opcode: 0x8d,
  /* Written through in any case. */
  cdb: {
    WTC: bit(1, 0),
    logicalVolumeNumber: attributeFields.logicalVolumeNumber,
    partitionNumber: attributeFields.partitionNumber,
    parameterListLength: u32(10),
  },
  async execute(drive, args, { dataOut }) {
    const mounted = drive.assertMemory();
    assertAttributePlace(args, mounted.volume.partitionCount);
    if (args.parameterListLength === 0) return good();
    const list = settings(dataOut.subarray(0, args.parameterListLength));
    if (isWriteProtected(mounted)) throw refuse('DATA PROTECT', 'WRITE PROTECTED');
    const { volume } = mounted;
    for (const { id, value } of list) set(volume.mam, id, value, args.partitionNumber);
    try {
      await volume.flush();
    } catch (error) {
      return check(mediumFault(drive, error));
    }
    return good();
  },
});
