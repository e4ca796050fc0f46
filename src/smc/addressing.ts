// SPDX-License-Identifier: GPL-2.0-or-later
// Element addresses in CDBs: every wrong one is refused with a pointer to its field.
import { refuse } from '../sam/reply.js';
import {
  type Element,
  type ElementMap,
  holdsCartridges,
  type MediumTransportElement,
} from './element.js';

/** An element a cartridge can be taken from or put into. */
export type Holder = Exclude<Element, MediumTransportElement>;

const invalidElementAddress = (byte: number): Error =>
  refuse('ILLEGAL REQUEST', 'INVALID ELEMENT ADDRESS', { fieldPointer: { in: 'cdb', byte } });

/**
 * The picker of MEDIUM TRANSPORT ELEMENT ADDRESS. Zero lets the library choose (SMC-3, MOVE MEDIUM): the first
 * that works and is free.
 * @param byte offset of the field in the CDB
 */
export function transportAt(
  elements: ElementMap,
  address: number,
  byte: number,
): MediumTransportElement {
  const transports = elements.of('medium transport');
  const chosen =
    address === 0 ? freeTransport(elements) : transports.find((each) => each.address === address);
  if (!chosen) throw invalidElementAddress(byte);
  return chosen;
}

/** The picker a library takes when it may choose; one that is stuck or occupied if there is no other. */
export function freeTransport(elements: ElementMap): MediumTransportElement | undefined {
  const transports = elements.of('medium transport');
  return transports.find(({ jammed, cartridge }) => !jammed && !cartridge) ?? transports[0];
}

/** Any element that exists. */
export function elementAt(elements: ElementMap, address: number, byte: number): Element {
  const element = elements.at(address);
  if (!element) throw invalidElementAddress(byte);
  return element;
}

/** The element a cartridge can be moved from or to: not a picker, not a drive's place without a drive. */
export function holderAt(elements: ElementMap, address: number, byte: number): Holder {
  const element = elementAt(elements, address, byte);
  if (!holdsCartridges(element.type)) throw invalidElementAddress(byte);
  if (element.type === 'data transfer' && !element.drive) throw invalidElementAddress(byte);
  return element as Holder;
}

/** The element a cartridge is taken from: beside holders, a picker that a cartridge was left in. */
export function sourceAt(elements: ElementMap, address: number, byte: number): Element {
  const element = elementAt(elements, address, byte);
  if (element.type === 'medium transport' && element.cartridge) return element;
  return holderAt(elements, address, byte);
}
