// SPDX-License-Identifier: GPL-2.0-or-later
// Elements: the places of a library, each with an address, and what is in them (SMC-3, media changer model).
import type { AdditionalSense } from '../sam/asc.js';
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

/** A cartridge nobody has looked at yet. */
export const newCartridge = (barcode: string): Cartridge => ({
  barcode,
  mediumType: 'unspecified',
  sourceStorageElement: undefined,
});

interface Place {
  readonly address: number;
  /** Position among the elements of its type, counted from 1 as in library_contents. */
  readonly number: number;
  cartridge: Cartridge | undefined;
  /** EXCEPT: what is out of order with the element. */
  exception?: AdditionalSense | undefined;
}

export interface MediumTransportElement extends Place {
  readonly type: 'medium transport';
  /** The picker is stuck, and moves nothing until somebody has freed it. */
  jammed: boolean;
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
  /** Address of the storage element the cartridge was last taken from. */
  readonly source?: number | undefined;
  readonly drive?: DataTransferDevice | undefined;
  /** The drive has let the cartridge go. */
  readonly ejected?: boolean;
  /** The library, and no operator, put the cartridge into this import/export element. */
  readonly placedByLibrary?: boolean;
}
export type ElementPlans = Readonly<Record<ElementType, readonly ElementPlan[]>>;

/** Address of element number 1 of each type; a product's own. */
export type FirstAddresses = Readonly<Record<ElementType, number>>;

/** Element addresses have 16 bits. */
const addressLimit = 0x10000;

/** How many addresses there are from the first of `type` on, until those of another type begin. */
export function roomFor(type: ElementType, first: FirstAddresses): number {
  const next = Object.values(first).filter((address) => address > first[type]);
  return Math.min(addressLimit, ...next) - first[type];
}

function createElement(type: ElementType, address: number, plan: ElementPlan): Element {
  const cartridge =
    plan.barcode === undefined
      ? undefined
      : { ...newCartridge(plan.barcode), sourceStorageElement: plan.source };
  const place = { address, number: plan.number, cartridge };
  switch (type) {
    case 'medium transport':
      return { ...place, type, jammed: false };
    case 'storage':
      return { ...place, type };
    case 'import/export':
      return { ...place, type, placedByOperator: !plan.placedByLibrary };
    case 'data transfer':
      return { ...place, type, drive: plan.drive, ejected: plan.ejected ?? false };
  }
}

type ElementOf<T extends ElementType> = Extract<Element, { type: T }>;

/** The elements of one library by address. */
export class ElementMap {
  readonly first: FirstAddresses;
  /** Planned elements for which the product has no address. */
  readonly unplaced: readonly { readonly type: ElementType; readonly number: number }[];
  readonly #byAddress = new Map<number, Element>();
  readonly #byType: { readonly [T in ElementType]: Element[] };
  #all: readonly Element[] = [];

  constructor(first: FirstAddresses, plans: ElementPlans) {
    const unplaced: { type: ElementType; number: number }[] = [];
    this.first = first;
    this.unplaced = unplaced;
    this.#byType = {
      'medium transport': [],
      storage: [],
      'import/export': [],
      'data transfer': [],
    };
    for (const type of allElementTypes)
      for (const plan of plans[type])
        if (plan.number <= roomFor(type, first)) this.#place(type, plan);
        else unplaced.push({ type, number: plan.number });
    for (const elements of Object.values(this.#byType))
      elements.sort((a, b) => a.address - b.address);
    this.#list();
  }

  /** Ascending by address. Elements of one type are neighbours. */
  get all(): readonly Element[] {
    return this.#all;
  }

  at(address: number): Element | undefined {
    return this.#byAddress.get(address);
  }

  /** The elements of a type, ascending by address. */
  of<T extends ElementType>(type: T): readonly ElementOf<T>[] {
    return this.#byType[type] as ElementOf<T>[];
  }

  /** The element of a type with a number, counted from 1. */
  numbered<T extends ElementType>(type: T, number: number): ElementOf<T> | undefined {
    const element = this.at(this.first[type] + number - 1);
    return element?.type === type ? (element as ElementOf<T>) : undefined;
  }

  /** Where a cartridge is. */
  holderOf(barcode: string): Element | undefined {
    return this.#all.find(({ cartridge }) => cartridge?.barcode === barcode);
  }

  /** One more storage element, behind the last; undefined when there is no address left for it. */
  addStorage(): StorageElement | undefined {
    const number = (this.of('storage').at(-1)?.number ?? 0) + 1;
    if (number > roomFor('storage', this.first)) return undefined;
    const added = this.#place('storage', { number }) as StorageElement;
    this.#list();
    return added;
  }

  #place(type: ElementType, plan: ElementPlan): Element {
    const element = createElement(type, this.first[type] + plan.number - 1, plan);
    this.#byAddress.set(element.address, element);
    this.#byType[type].push(element);
    return element;
  }

  #list(): void {
    this.#all = allElementTypes
      .flatMap((type) => this.#byType[type])
      .sort((a, b) => a.address - b.address);
  }
}
