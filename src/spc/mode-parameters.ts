// SPDX-License-Identifier: GPL-2.0-or-later
// The mode parameters of one unit: what MODE SENSE reads and MODE SELECT changes (SPC-5 7.5).
import type { Fields, Values } from '../bytes/layout.js';
import { invalidFieldInParameterList, refuse } from '../sam/reply.js';
import type { BoundModePage, DeclaredModePage, ModePage, PageControl } from './mode-page.js';

/** The mode parameter header and block descriptor belong to the device type. */
export interface ModeFrame {
  mediumType(): number;
  deviceSpecificParameter(): number;
  /** The block descriptor (SSC-5 8.3.3), absent for types without one. */
  blockDescriptor(control: PageControl): Uint8Array | undefined;
  /**
   * Checks what MODE SELECT sends; returns the change to make, or throws a refusal.
   * @param at offset of the header's device-specific parameter, for field pointers
   */
  accept(
    header: { readonly deviceSpecificParameter: number; readonly at: number },
    blockDescriptor: { readonly bytes: Uint8Array; readonly at: number } | undefined,
  ): () => void;
}

const truncated = (): Error => refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');

export class ModeParameters {
  readonly frame: ModeFrame;
  readonly #pages: readonly BoundModePage[];

  constructor(frame: ModeFrame, pages: readonly BoundModePage[]) {
    this.frame = frame;
    this.#pages = [...pages].sort((a, b) => a.code - b.code || a.subpage - b.subpage);
  }

  /** Binds declared pages to their unit. */
  static of<Unit>(unit: Unit, frame: ModeFrame, pages: readonly ModePage<Unit>[]): ModeParameters {
    return new ModeParameters(
      frame,
      pages.map((page) => page.bind(unit)),
    );
  }

  /** Current values of a page, if the unit has it. */
  current<Unit, F extends Fields>(page: DeclaredModePage<Unit, F>): Values<F> | undefined {
    return this.#find(page.code, page.subpage)?.values() as Values<F> | undefined;
  }

  #find(code: number, subpage: number): BoundModePage | undefined {
    return this.#pages.find((each) => each.code === code && each.subpage === subpage);
  }

  /** Back to the defaults (SPC-5 7.5.2: after a reset, saved or default values). */
  reset(): void {
    for (const page of this.#pages) page.reset();
  }

  /**
   * The pages MODE SENSE asks for (SPC-5 table 165): page code 3Fh means all, subpage FFh all subpages.
   * Empty when there is none.
   */
  pages(code: number, subpage: number, control: PageControl): Uint8Array[] {
    return this.#pages
      .filter((page) => code === 0x3f || page.code === code)
      .filter((page) => subpage === 0xff || page.subpage === subpage)
      .map((page) => page.read(control));
  }

  /**
   * Checks the pages of a MODE SELECT list from offset `at` and returns the changes to make. Nothing changes
   * when any of them is refused.
   */
  accept(list: Uint8Array, at: number): (() => void)[] {
    const changes: (() => void)[] = [];
    let offset = at;
    while (offset < list.length) {
      const code = list[offset]! & 0x3f;
      const SPF = (list[offset]! & 0x40) !== 0;
      const headerSize = SPF ? 4 : 2;
      if (offset + headerSize > list.length) throw truncated();
      const subpage = SPF ? list[offset + 1]! : 0;
      const length = SPF ? list[offset + 2]! * 256 + list[offset + 3]! : list[offset + 1]!;
      const page = this.#find(code, subpage);
      if (!page) throw invalidFieldInParameterList(offset, 5);
      const size = headerSize + length;
      if (size !== page.size) throw invalidFieldInParameterList(offset + headerSize - 1);
      if (offset + size > list.length) throw truncated();
      changes.push(page.accept(list.subarray(offset, offset + size), offset));
      offset += size;
    }
    return changes;
  }
}
