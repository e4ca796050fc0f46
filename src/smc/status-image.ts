// SPDX-License-Identifier: GPL-2.0-or-later
// Element descriptors kept in encoded form: a library of ten thousand slots is asked often, and changes little.
import type { AdditionalSense } from '../sam/asc.js';
import type { Cartridge, Element, ElementMap, ElementType } from './element.js';
import { accessible, describe } from './element-descriptor.js';

/** What a descriptor has told; when the element says something else, it is encoded anew. */
interface Told {
  readonly cartridge: Cartridge | undefined;
  readonly mediumType: Cartridge['mediumType'] | undefined;
  readonly source: number | undefined;
  readonly exception: AdditionalSense | undefined;
  readonly access: boolean;
  readonly placedByOperator: boolean;
}

const toldOf = (element: Element, importExportOpen: boolean): Told => ({
  cartridge: element.cartridge,
  mediumType: element.cartridge?.mediumType,
  source: element.cartridge?.sourceStorageElement,
  exception: element.exception,
  access: accessible(element, importExportOpen),
  placedByOperator: element.type === 'import/export' && element.placedByOperator,
});

function isCurrent(told: Told | undefined, element: Element, importExportOpen: boolean): boolean {
  const { cartridge, exception } = element;
  return (
    told !== undefined &&
    told.cartridge === cartridge &&
    told.mediumType === cartridge?.mediumType &&
    told.source === cartridge?.sourceStorageElement &&
    told.exception === exception &&
    told.access === accessible(element, importExportOpen) &&
    (element.type !== 'import/export' || told.placedByOperator === element.placedByOperator)
  );
}

export interface ImageOptions {
  readonly VOLTAG: boolean;
  readonly importExportOpen: boolean;
  /** The device identifier of an element, `identifierLength` bytes or fewer; zeros fill it up. */
  identifierOf(element: Element): Uint8Array;
  readonly identifierLength: number;
}

/** The descriptors of all elements of one type, in one way of telling them. */
class StatusImage {
  readonly #told: (Told | undefined)[] = [];
  #bytes = new Uint8Array(0);

  /** All descriptors, ascending by address, each of `length` bytes. */
  update(elements: readonly Element[], length: number, options: ImageOptions): Uint8Array {
    const { importExportOpen } = options;
    if (this.#bytes.length !== elements.length * length) {
      this.#bytes = new Uint8Array(elements.length * length);
      this.#told.length = 0;
    }
    elements.forEach((element, i) => {
      if (isCurrent(this.#told[i], element, importExportOpen)) return;
      const descriptor = this.#bytes.subarray(i * length, (i + 1) * length).fill(0);
      const own = describe(element, options);
      descriptor.set(own);
      descriptor.set(options.identifierOf(element), own.length);
      this.#told[i] = toldOf(element, importExportOpen);
    });
    return this.#bytes;
  }
}

/** The images of a library. Other elements, after a reload, have images of their own. */
export class StatusImages {
  readonly #images = new WeakMap<ElementMap, Map<string, StatusImage>>();

  /**
   * The descriptors of all elements of a type; valid until the next call.
   * @param length bytes of a descriptor
   * @param way names what `options` asks for beside the state of the library
   */
  of(
    elements: ElementMap,
    type: ElementType,
    length: number,
    way: string,
    options: ImageOptions,
  ): Uint8Array {
    let images = this.#images.get(elements);
    if (!images) {
      images = new Map();
      this.#images.set(elements, images);
    }
    const key = `${type} ${way}`;
    const image = images.get(key) ?? new StatusImage();
    images.set(key, image);
    return image.update(elements.of(type), length, options);
  }
}
