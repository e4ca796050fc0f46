// SPDX-License-Identifier: GPL-2.0-or-later
// Device identifiers in the descriptors of drives (SMC-3, DVCID), so that software can match drives and places.
import { serialDesignator, t10Designator } from '../spc/vpd-pages/device-identification.js';
import type { MediaChanger } from './changer.js';
import type { Element, ElementType } from './element.js';
import type { ImageOptions } from './status-image.js';

/** How a product tells of its drives. */
export interface DriveIdentifiers {
  /** All three as the drive's own Device Identification page has them, or the serial number alone. */
  readonly holds: 'vendor, product and serial' | 'serial';
  /** The serial number is padded with blanks to this length. */
  readonly serialLength: number;
  /** Told whether DVCID asks for it or not. */
  readonly always?: true;
}

/** Code set, type, a reserved byte and length zero: there is nothing to tell. */
const nothing = new Uint8Array(4);

/** The identifiers of the elements of a type, and the length that has room for each. */
export function identifiersOf(
  { traits, elements }: MediaChanger,
  type: ElementType,
  DVCID: boolean,
): Pick<ImageOptions, 'identifierOf' | 'identifierLength'> {
  const how = traits.driveIdentifiers;
  if (type !== 'data transfer' || !how || !(DVCID || how.always))
    return { identifierOf: () => nothing, identifierLength: nothing.length };
  const { holds, serialLength } = how;
  const identifierOf = (element: Element): Uint8Array => {
    if (element.type !== 'data transfer' || !element.drive) return nothing;
    const { identity } = element.drive;
    return holds === 'serial'
      ? serialDesignator(identity.serial, serialLength)
      : t10Designator(identity, serialLength);
  };
  const longest = Math.max(nothing.length, ...elements.of(type).map((e) => identifierOf(e).length));
  return { identifierOf, identifierLength: longest };
}
