// SPDX-License-Identifier: GPL-2.0-or-later
// Element descriptors (SMC-3, READ ELEMENT STATUS; SCSI-2 17.2.5.1 to 17.2.5.4), without their device identifier.
import { ascii, bit, bits, concat, layout, u16 } from '../bytes/layout.js';
import { additionalSenseCodes } from '../sam/asc.js';
import { type Cartridge, type Element, mediumTypes } from './element.js';

const fixedPart = layout(12, {
  elementAddress: u16(0),
  INENAB: bit(2, 5),
  EXENAB: bit(2, 4),
  ACCESS: bit(2, 3),
  EXCEPT: bit(2, 2),
  IMPEXP: bit(2, 1),
  FULL: bit(2, 0),
  additionalSense: u16(4),
  SVALID: bit(9, 7),
  INVERT: bit(9, 6),
  ED: bit(9, 3),
  mediumType: bits(9, 2, 3),
  sourceStorageElementAddress: u16(10),
});

/** Volume tag information (SMC-3; SCSI-2 17.2.5.5): blanks fill up the identifier, the rest is reserved. */
const volumeTag = layout(36, { volumeIdentifier: ascii(0, 32), volumeSequenceNumber: u16(34) });

/** Barcodes that stand for a cartridge without a label begin so. */
const noLabel = 'NOBAR';

/** What is on the label of a cartridge; undefined where there is none to read. */
export const volumeTagOf = (cartridge: Cartridge | undefined): string | undefined =>
  cartridge === undefined || cartridge.barcode.startsWith(noLabel) ? undefined : cartridge.barcode;

/** The tag of a cartridge; zeros where there is none to read (SMC-3: undefined volume tags are zero). */
function tagOf(cartridge: Cartridge | undefined): Uint8Array {
  const volumeIdentifier = volumeTagOf(cartridge);
  return volumeIdentifier === undefined
    ? new Uint8Array(volumeTag.size)
    : volumeTag.encode({ volumeIdentifier });
}

/** Whether the picker can get at what is, or would be, in the element. */
export function accessible(element: Element, importExportOpen: boolean): boolean {
  switch (element.type) {
    case 'medium transport':
      return false;
    case 'storage':
      return true;
    case 'import/export':
      return !importExportOpen;
    case 'data transfer':
      return element.cartridge === undefined || element.ejected;
  }
}

/** One element as the initiator sees it. */
export function describe(
  element: Element,
  { VOLTAG, importExportOpen }: { readonly VOLTAG: boolean; readonly importExportOpen: boolean },
): Uint8Array {
  const { cartridge, exception } = element;
  const isImportExport = element.type === 'import/export';
  const source = cartridge?.sourceStorageElement;
  const encoded = fixedPart.encode({
    elementAddress: element.address,
    INENAB: isImportExport,
    EXENAB: isImportExport,
    ACCESS: accessible(element, importExportOpen),
    EXCEPT: exception !== undefined,
    additionalSense: exception === undefined ? 0 : additionalSenseCodes[exception],
    IMPEXP: isImportExport && element.placedByOperator,
    FULL: cartridge !== undefined,
    SVALID: source !== undefined,
    mediumType: mediumTypes[cartridge?.mediumType ?? 'unspecified'],
    sourceStorageElementAddress: source ?? 0,
  });
  return VOLTAG ? concat(encoded, tagOf(cartridge)) : encoded;
}

/** Bytes of what {@link describe} returns. */
export const descriptorSize = (VOLTAG: boolean): number =>
  fixedPart.size + (VOLTAG ? volumeTag.size : 0);
