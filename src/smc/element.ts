// SPDX-License-Identifier: GPL-2.0-or-later
// Elements: the places of a library, each with an address, and what is in them (SMC-3, media changer model).
import type { DataTransferDevice } from './data-transfer-device.js';

/** ELEMENT TYPE CODE (SMC-3; SCSI-2 table 348). */
export const elementTypes = {
  'medium transport': 1,
  storage: 2,
  'import/export': 3,
  'data transfer': 4,
} as const;
export type ElementType = keyof typeof elementTypes;
export const allElementTypes = Object.keys(elementTypes) as readonly ElementType[];

/** Whether cartridges can stay in elements of a type. A picker holds one only while it moves it. */
export const holdsCartridges = (type: ElementType): boolean => type !== 'medium transport';

/** MEDIUM TYPE of an element descriptor (SMC-3, READ ELEMENT STATUS). */
export const mediumTypes = {
  unspecified: 0,
  data: 1,
  cleaning: 2,
  diagnostics: 3,
  WORM: 4,
  'microcode image': 5,
} as const;
export type MediumType = keyof typeof mediumTypes;

/** A cartridge as the library knows it. */
export interface Cartridge {
  readonly barcode: string;
  mediumType: MediumType;
  /** Address of the storage element it was last taken from; undefined until it was moved from one. */
  sourceStorageElement: number | undefined;
}

interface Place {
  readonly address: number;
  /** Position among the elements of its type, counted from 1 as in library_contents. */
  readonly number: number;
  cartridge: Cartridge | undefined;
}

export interface MediumTransportElement extends Place {
  readonly type: 'medium transport';
}

export interface StorageElement extends Place {
  readonly type: 'storage';
}

export interface ImportExportElement extends Place {
  readonly type: 'import/export';
  /** IMPEXP: an operator put the cartridge here; false: the library did. */
  placedByOperator: boolean;
}

export interface DataTransferElement extends Place {
  readonly type: 'data transfer';
  /** undefined for a place without a drive */
  readonly drive: DataTransferDevice | undefined;
  /** The drive has let the cartridge go: the picker can reach it without an unload. */
  ejected: boolean;
}

export type Element =
  | MediumTransportElement
  | StorageElement
  | ImportExportElement
  | DataTransferElement;

/** An element to be: its number, and what is in it at the start. */
export interface ElementPlan {
  readonly number: number;
  readonly barcode?: string | undefined;
  readonly drive?: DataTransferDevice | undefined;
}
export type ElementPlans = Readonly<Record<ElementType, readonly ElementPlan[]>>;

/** Address of element number 1 of each type; a product's own. */
export type FirstAddresses = Readonly<Record<ElementType, number>>;

/** Element addresses have 16 bits. */
const addressLimit = 0x10000;

/** How many addresses there are from the first of `type` on, until those of another type begin. */
function roomFor(type: ElementType, first: FirstAddresses): number {
  const next = Object.values(first).filter((address) => address > first[type]);
  return Math.min(addressLimit, ...next) - first[type];
}

function createElement(type: ElementType, address: number, plan: ElementPlan): Element {
  const cartridge: Cartridge | undefined =
    plan.barcode === undefined
      ? undefined
      : { barcode: plan.barcode, mediumType: 'unspecified', sourceStorageElement: undefined };
  const place = { address, number: plan.number, cartridge };
  if (type === 'data transfer') return { ...place, type, drive: plan.drive, ejected: false };
  if (type === 'import/export') return { ...place, type, placedByOperator: true };
  return { ...place, type };
}

/** The elements of one library by address. */
export class ElementMap {
  readonly first: FirstAddresses;
  /** Ascending by address. Elements of one type are neighbours. */
  readonly all: readonly Element[];
  /** Planned elements for which the product has no address. */
  readonly unplaced: readonly { readonly type: ElementType; readonly number: number }[];
  readonly #byAddress: ReadonlyMap<number, Element>;

  constructor(first: FirstAddresses, plans: ElementPlans) {
    const planned = allElementTypes.flatMap((type) => plans[type].map((plan) => ({ type, plan })));
    const fits = ({ type, plan }: (typeof planned)[number]): boolean =>
      plan.number <= roomFor(type, first);
    this.first = first;
    this.all = planned
      .filter(fits)
      .map(({ type, plan }) => createElement(type, first[type] + plan.number - 1, plan))
      .sort((a, b) => a.address - b.address);
    this.unplaced = planned
      .filter((each) => !fits(each))
      .map(({ type, plan }) => ({ type, number: plan.number }));
    this.#byAddress = new Map(this.all.map((element) => [element.address, element]));
  }

  at(address: number): Element | undefined {
    return this.#byAddress.get(address);
  }

  of<T extends ElementType>(type: T): Extract<Element, { type: T }>[] {
    return this.all.filter((each): each is Extract<Element, { type: T }> => each.type === type);
  }
}
