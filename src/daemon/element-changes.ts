// SPDX-License-Identifier: GPL-2.0-or-later
// The elements of a library as objects of the bus, and what is told of them: which there are, and what moves.
import { type BusObject, bind, type Typed } from '../dbus/exports.js';
import { interfaceNamed } from '../dbus/interfaces.js';
import type { Service } from '../dbus/service.js';
import type { Element, ElementMap } from '../smc/element.js';
import { wordFor } from './library-elements.js';

const ELEMENT = 'org.mhvtl.Element1';
const MANAGER = 'org.freedesktop.DBus.ObjectManager';
const PROPERTIES = 'org.freedesktop.DBus.Properties';

const barcodeOf = ({ cartridge }: Element): string => cartridge?.barcode ?? '';
const driveOf = (element: Element): string =>
  (element.type === 'data transfer' && element.drive?.identity.serial) || '';

const bindElement = (element: Element) =>
  bind(interfaceNamed(ELEMENT), {
    properties: {
      Address: () => element.address,
      Kind: () => wordFor[element.type],
      Number: () => element.number,
      Barcode: () => barcodeOf(element),
      Drive: () => driveOf(element),
    },
    methods: {},
  });

/** One element as an object. */
export const elementObject = (element: Element): BusObject => ({
  interfaces: [bindElement(element)],
});

const placeName = ({ type, number }: Element): string => `${wordFor[type]} ${number}`;

const byAddress = (list: readonly Element[]): ReadonlyMap<number, Element> =>
  new Map(list.map((element) => [element.address, element]));

/** Where each cartridge is. */
const whereabouts = (list: readonly Element[]): ReadonlyMap<string, Element> =>
  new Map(list.flatMap((element) => (element.cartridge ? [[barcodeOf(element), element]] : [])));

/** What was told last. */
interface Told {
  /** Another list when elements have come or gone. */
  readonly list: readonly Element[];
  readonly cartridges: ReadonlyMap<string, Element>;
}

/** Notices what has become of the elements of one library and tells the bus. */
export class ElementChanges {
  readonly #service: Service;
  readonly #path: string;
  readonly #library: string;
  readonly #elements: () => ElementMap;
  #told: Told | undefined;

  /** @param library the interface whose signal `Moved` tells of cartridges */
  constructor(service: Service, path: string, library: string, elements: () => ElementMap) {
    this.#service = service;
    this.#path = path;
    this.#library = library;
    this.#elements = elements;
  }

  /** Nobody listens: what happens until somebody does is no news to them. */
  forget(): void {
    this.#told = undefined;
  }

  /** Compares with the time before and tells what is different. */
  check(): void {
    const { all } = this.#elements();
    const before = this.#told;
    const now = { list: all, cartridges: whereabouts(all) };
    this.#told = now;
    if (!before) return;
    if (before.list !== all) this.#tellElements(byAddress(before.list), byAddress(all));
    this.#tellMoves(before.cartridges, now.cartridges);
  }

  #pathOf({ address }: Element): string {
    return `${this.#path}/element/${address}`;
  }

  #tellElements(before: ReadonlyMap<number, Element>, now: ReadonlyMap<number, Element>): void {
    const manager = (signal: string, signature: string, ...body: readonly unknown[]): void =>
      this.#service.signal(this.#path, MANAGER, signal, { signature, body });
    for (const [address, element] of before)
      if (!now.has(address)) manager('InterfacesRemoved', 'oas', this.#pathOf(element), [ELEMENT]);
    for (const [address, element] of now) {
      const old = before.get(address);
      if (!old) {
        const values = this.#service.exports.valuesOf(bindElement(element));
        manager('InterfacesAdded', 'oa{sa{sv}}', this.#pathOf(element), { [ELEMENT]: values });
      } else if (driveOf(old) !== driveOf(element))
        this.#tellProperty(element, 'Drive', driveOf(element));
    }
  }

  #tellMoves(before: ReadonlyMap<string, Element>, now: ReadonlyMap<string, Element>): void {
    for (const barcode of new Set([...before.keys(), ...now.keys()])) {
      const [from, to] = [before.get(barcode), now.get(barcode)];
      if (from?.address === to?.address) continue;
      this.#service.signal(this.#path, this.#library, 'Moved', {
        signature: 'sss',
        body: [barcode, from ? placeName(from) : '', to ? placeName(to) : ''],
      });
      for (const element of [from, to]) if (element) this.#tellBarcode(element.address);
    }
  }

  /** An element that has gone has no property any more. */
  #tellBarcode(address: number): void {
    const element = this.#elements().at(address);
    if (element) this.#tellProperty(element, 'Barcode', barcodeOf(element));
  }

  #tellProperty(element: Element, name: string, value: string): void {
    const typed: Typed = { type: 's', value };
    this.#service.signal(this.#pathOf(element), PROPERTIES, 'PropertiesChanged', {
      signature: 'sa{sv}as',
      body: [ELEMENT, { [name]: typed }, []],
    });
  }
}
