// SPDX-License-Identifier: GPL-2.0-or-later
// The mode parameters of one unit: what MODE SENSE reads and MODE SELECT changes (SPC-5 7.5).
import { concat, type Fields, readUint, type Values } from '../bytes/layout.js';
import { invalidFieldInParameterList, refuse } from '../sam/reply.js';
import type { DeviceState } from './environment.js';
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

/** What saved pages are kept as. */
const stateName = 'mode-pages';

/** Where a page that stands in a list begins and ends (SPC-5 7.5.7). */
function header(list: Uint8Array, at: number) {
  const SPF = (list[at]! & 0x40) !== 0;
  const headerSize = SPF ? 4 : 2;
  if (at + headerSize > list.length) throw truncated();
  return {
    code: list[at]! & 0x3f,
    subpage: SPF ? list[at + 1]! : 0,
    headerSize,
    size: headerSize + (SPF ? readUint(list, at + 2, 2) : list[at + 1]!),
  };
}

export class ModeParameters {
  readonly frame: ModeFrame;
  readonly #pages: readonly BoundModePage[];
  readonly #state: DeviceState;

  /** Takes back what was saved. */
  constructor(frame: ModeFrame, pages: readonly BoundModePage[], state: DeviceState) {
    this.frame = frame;
    this.#state = state;
    this.#pages = [...pages].sort((a, b) => a.code - b.code || a.subpage - b.subpage);
    this.#restore(state.load(stateName) ?? new Uint8Array(0));
  }

  /** Binds declared pages to their unit. */
  static of<Unit extends { readonly state: DeviceState }>(
    unit: Unit,
    frame: ModeFrame,
    pages: readonly ModePage<Unit>[],
  ): ModeParameters {
    return new ModeParameters(
      frame,
      pages.map((page) => page.bind(unit)),
      unit.state,
    );
  }

  /** Current values of a page, if the unit has it. */
  current<Unit, F extends Fields>(page: DeclaredModePage<Unit, F>): Values<F> | undefined {
    return this.#find(page.code, page.subpage)?.values() as Values<F> | undefined;
  }

  #find(code: number, subpage: number): BoundModePage | undefined {
    return this.#pages.find((each) => each.code === code && each.subpage === subpage);
  }

  /** Whether any page can be saved: SP and saved values exist. */
  get saveable(): boolean {
    return this.#pages.some((page) => page.saveable);
  }

  /** SP of MODE SELECT: the current values of all pages that can be saved are kept (SPC-5 6.13). */
  save(): void {
    const saved = this.#pages.filter((page) => page.saveable).map((page) => page.save());
    this.#state.save(stateName, concat(...saved));
  }

  /** A page that another version had, or that was cut, is left out. */
  #restore(list: Uint8Array): void {
    for (let at = 0; at + 4 <= list.length; ) {
      const { code, subpage, size } = header(list, at);
      const page = this.#find(code, subpage);
      if (page?.saveable && page.size === size && at + size <= list.length)
        page.restore(list.subarray(at, at + size));
      at += size;
    }
  }

  /** Back to saved or default values (SPC-5 7.5.2). */
  reset(): void {
    for (const page of this.#pages) page.reset();
  }

  /** Whether there is a page of this code, with any subpage. */
  knows(code: number): boolean {
    return this.#pages.some((page) => page.code === code);
  }

  /**
   * The pages MODE SENSE asks for (SPC-5 table 165): page code 3Fh means all, subpage FFh all subpages.
   * Empty when there is none.
   */
  pages(code: number, subpage: number, control: PageControl): Uint8Array[] {
    return this.#pages
      .filter((page) => code === 0x3f || page.code === code)
      .filter((page) => subpage === 0xff || page.subpage === subpage)
      .filter((page) => control !== 'saved' || page.saveable)
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
      const { code, subpage, headerSize, size } = header(list, offset);
      const page = this.#find(code, subpage);
      if (!page) throw invalidFieldInParameterList(offset, 5);
      if (size !== page.size) throw invalidFieldInParameterList(offset + headerSize - 1);
      if (offset + size > list.length) throw truncated();
      changes.push(page.accept(list.subarray(offset, offset + size), offset));
      offset += size;
    }
    return changes;
  }
}
