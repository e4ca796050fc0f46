// SPDX-License-Identifier: GPL-2.0-or-later
// Sense data as a value, and the only place that turns it into bytes (SPC-5 4.4).
import { bit, bits, i32, layout, u8, u16, u64 } from '../bytes/layout.js';
import { type AdditionalSense, additionalSenseCodes, type SenseKey, senseKeys } from './asc.js';

/** Where in the CDB or the parameter list the offending field starts. */
export interface FieldPointer {
  readonly in: 'cdb' | 'data';
  readonly byte: number;
  /** Most significant bit of the field; left out when the whole byte is meant. */
  readonly bit?: number;
}

/** What else sense data can carry. */
export interface SenseDetail {
  /** INFORMATION: a residual for tapes, in blocks or bytes; negative when a block was longer than asked. */
  readonly information?: number;
  readonly FILEMARK?: boolean;
  readonly EOM?: boolean;
  readonly ILI?: boolean;
  readonly fieldPointer?: FieldPointer;
  /** Progress of a long operation, 0 to 65535. */
  readonly progress?: number;
  /** The error belongs to an earlier, already acknowledged command. */
  readonly deferred?: boolean;
}

export interface Sense extends SenseDetail {
  readonly key: SenseKey;
  readonly additional: AdditionalSense;
}

export const sense = (
  key: SenseKey,
  additional: AdditionalSense,
  detail: SenseDetail = {},
): Sense => ({ key, additional, ...detail });

export const noSense: Sense = sense('NO SENSE', 'NO ADDITIONAL SENSE INFORMATION');

const fixed = layout(18, {
  VALID: bit(0, 7),
  responseCode: bits(0, 6, 7),
  FILEMARK: bit(2, 7),
  EOM: bit(2, 6),
  ILI: bit(2, 5),
  senseKey: bits(2, 3, 4),
  information: i32(3),
  additionalSenseLength: u8(7),
  additional: u16(12),
  SKSV: bit(15, 7),
  CD: bit(15, 6),
  BPV: bit(15, 3),
  bitPointer: bits(15, 2, 3),
  specific: u16(16),
});

/** INFORMATION has four bytes in fixed format; what does not fit is not valid (SPC-5 4.4.3). */
const fitsFixed = (information: number | undefined): information is number =>
  information !== undefined && information >= -0x80000000 && information <= 0xffffffff;

/** Fixed format sense data (SPC-5 4.4.3), 18 bytes. */
function encodeFixed(value: Sense): Uint8Array {
  return fixed.encode({
    VALID: fitsFixed(value.information),
    responseCode: value.deferred ? 0x71 : 0x70,
    FILEMARK: value.FILEMARK ?? false,
    EOM: value.EOM ?? false,
    ILI: value.ILI ?? false,
    senseKey: senseKeys[value.key],
    information: fitsFixed(value.information) ? value.information : 0,
    additionalSenseLength: fixed.size - 8,
    additional: additionalSenseCodes[value.additional],
    SKSV: value.fieldPointer !== undefined || value.progress !== undefined,
    CD: value.fieldPointer?.in === 'cdb',
    BPV: value.fieldPointer?.bit !== undefined,
    bitPointer: value.fieldPointer?.bit ?? 0,
    specific: value.fieldPointer?.byte ?? value.progress ?? 0,
  });
}

const header = layout(8, {
  responseCode: bits(0, 6, 7),
  senseKey: bits(1, 3, 4),
  additional: u16(2),
  additionalSenseLength: u8(7),
});
const informationDescriptor = layout(12, {
  type: u8(0),
  additionalLength: u8(1),
  VALID: bit(2, 7),
  information: u64(4),
});
const keySpecificDescriptor = layout(8, {
  type: u8(0),
  additionalLength: u8(1),
  SKSV: bit(4, 7),
  CD: bit(4, 6),
  BPV: bit(4, 3),
  bitPointer: bits(4, 2, 3),
  specific: u16(5),
});
const streamDescriptor = layout(4, {
  type: u8(0),
  additionalLength: u8(1),
  FILEMARK: bit(3, 7),
  EOM: bit(3, 6),
  ILI: bit(3, 5),
});

/** Descriptor format sense data (SPC-5 4.4.2). */
function encodeDescriptors(value: Sense): Uint8Array {
  const descriptors: Uint8Array[] = [];
  if (value.information !== undefined)
    descriptors.push(
      informationDescriptor.encode({
        additionalLength: informationDescriptor.size - 2,
        VALID: true,
        information: BigInt.asUintN(64, BigInt(value.information)),
      }),
    );
  if (value.fieldPointer ?? value.progress !== undefined)
    descriptors.push(
      keySpecificDescriptor.encode({
        type: 2,
        additionalLength: keySpecificDescriptor.size - 2,
        SKSV: true,
        CD: value.fieldPointer?.in === 'cdb',
        BPV: value.fieldPointer?.bit !== undefined,
        bitPointer: value.fieldPointer?.bit ?? 0,
        specific: value.fieldPointer?.byte ?? value.progress ?? 0,
      }),
    );
  if (value.FILEMARK || value.EOM || value.ILI)
    descriptors.push(
      streamDescriptor.encode({
        type: 4,
        additionalLength: streamDescriptor.size - 2,
        FILEMARK: value.FILEMARK ?? false,
        EOM: value.EOM ?? false,
        ILI: value.ILI ?? false,
      }),
    );
  const length = descriptors.reduce((sum, each) => sum + each.length, 0);
  const bytes = new Uint8Array(header.size + length);
  bytes.set(
    header.encode({
      responseCode: value.deferred ? 0x73 : 0x72,
      senseKey: senseKeys[value.key],
      additional: additionalSenseCodes[value.additional],
      additionalSenseLength: length,
    }),
  );
  let at = header.size;
  for (const each of descriptors) {
    bytes.set(each, at);
    at += each.length;
  }
  return bytes;
}

/** Sense bytes in the format the D_SENSE bit of the Control mode page or the DESC bit asks for. */
export const encodeSense = (value: Sense, format: 'fixed' | 'descriptor'): Uint8Array =>
  format === 'fixed' ? encodeFixed(value) : encodeDescriptors(value);
