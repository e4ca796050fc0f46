// SPDX-License-Identifier: GPL-2.0-or-later
// Element addresses in CDBs: every wrong one is refused with a pointer to its field.
import type { Fields, Values } from '../bytes/layout.js';
import { invalidFieldInCdb, refuse } from '../sam/reply.js';
import {
  type Element,
  type ElementMap,
  holdsCartridges,
  type MediumTransportElement,
} from './element.js';

/** An element a cartridge can be taken from or put into. */
export type Holder = Exclude<Element, MediumTransportElement>;

/** Whether cartridges can be moved to and from it: it is no picker, and no drive's place without a drive. */
export const isHolder = (element: Element): element is Holder =>
  holdsCartridges(element.type) &&
  (element.type !== 'data transfer' || element.drive !== undefined);

/** @param byte offset of the field in the CDB */
export const invalidElementAddress = (byte: number): Error =>
  refuse('ILLEGAL REQUEST', 'INVALID ELEMENT ADDRESS', { fieldPointer: { in: 'cdb', byte } });

/** The picker a library takes when it may choose; one that is stuck or occupied if there is no other. */
export function freeTransport(elements: ElementMap): MediumTransportElement | undefined {
  const transports = elements.of('medium transport');
  return transports.find(({ jammed, cartridge }) => !jammed && !cartridge) ?? transports[0];
}

/** The elements a CDB names in its fields. */
export class Addressed<F extends Fields> {
  readonly #elements: ElementMap;
  readonly #fields: F;
  readonly #args: Values<F>;

  /** @param fields of the CDB, with their values in `args` */
  constructor(elements: ElementMap, fields: F, args: Values<F>) {
    this.#elements = elements;
    this.#fields = fields;
    this.#args = args;
  }

  /**
   * The picker. Zero lets the library choose (SMC-3, MOVE MEDIUM): the first that works and is free.
   * @throws Refusal for any other element
   */
  transport(field: keyof F): MediumTransportElement {
    const address = this.#args[field];
    const chosen =
      address === 0
        ? freeTransport(this.#elements)
        : this.#elements.of('medium transport').find((each) => each.address === address);
    if (!chosen) throw this.#invalid(field);
    return chosen;
  }

  /** Any element that exists. */
  element(field: keyof F): Element {
    const element = this.#elements.at(this.#args[field] as number);
    if (!element) throw this.#invalid(field);
    return element;
  }

  /** The element a cartridge can be moved from or to. */
  holder(field: keyof F): Holder {
    const element = this.element(field);
    if (!isHolder(element)) throw this.#invalid(field);
    return element;
  }

  /** The element a cartridge is taken from: beside holders, a picker that a cartridge was left in. */
  source(field: keyof F): Element {
    const element = this.element(field);
    if (element.type === 'medium transport' && element.cartridge) return element;
    return this.holder(field);
  }

  /** Refuses a cartridge that is to be turned over: no product has media with two sides. */
  assertUpright(...fields: readonly (keyof F)[]): void {
    for (const field of fields)
      if (this.#args[field]) throw invalidFieldInCdb(this.#at(field), this.#highestBit(field));
  }

  #at(field: keyof F): number {
    return this.#fields[field]!.at;
  }

  #highestBit(field: keyof F): number {
    return 31 - Math.clz32(this.#fields[field]!.mask[0]!);
  }

  #invalid(field: keyof F): Error {
    return invalidElementAddress(this.#at(field));
  }
}
