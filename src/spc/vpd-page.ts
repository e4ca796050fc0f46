// SPDX-License-Identifier: GPL-2.0-or-later
// Vital product data pages: declared by code, bound to a unit, framed in one place (SPC-5 7.7).
import { writeUint } from '../bytes/layout.js';

export interface VpdPage<Unit> {
  readonly code: number;
  readonly name: string;
  /** Clause of the standard, or the product manual. */
  readonly ref: string;
  /** The bytes after the four-byte header. */
  content(unit: Unit): Uint8Array;
}

/** Code of the list of supported pages, which is computed. */
const supportedPages = 0x00;

/** The VPD pages of one unit. */
export class VpdPages {
  readonly #content = new Map<number, () => Uint8Array>();
  readonly #deviceType: number;

  constructor(deviceType: number, pages: ReadonlyMap<number, () => Uint8Array>) {
    this.#deviceType = deviceType;
    this.#content.set(supportedPages, () => Uint8Array.from(this.codes));
    for (const [code, content] of pages) this.#content.set(code, content);
  }

  /** Binds declared pages to their unit. */
  static of<Unit>(unit: Unit, deviceType: number, pages: readonly VpdPage<Unit>[]): VpdPages {
    return new VpdPages(
      deviceType,
      new Map(pages.map((page) => [page.code, () => page.content(unit)])),
    );
  }

  /** Supported page codes, ascending (SPC-5 7.7.16). */
  get codes(): number[] {
    return [...this.#content.keys()].sort((a, b) => a - b);
  }

  /** The page with its header, or undefined when the unit does not have it. */
  page(code: number): Uint8Array | undefined {
    const content = this.#content.get(code)?.();
    if (!content) return undefined;
    const bytes = new Uint8Array(4 + content.length);
    bytes[0] = this.#deviceType;
    bytes[1] = code;
    writeUint(bytes, 2, 2, content.length);
    bytes.set(content, 4);
    return bytes;
  }
}
