// SPDX-License-Identifier: GPL-2.0-or-later
// Log pages: parameters read from the unit when asked, framed in one place (SPC-5 7.3).
import { bit, bits, concat, layout, u8, u16, writeUint } from '../bytes/layout.js';
import { invalidFieldInParameterList, refuse } from '../sam/reply.js';

/** One log parameter (SPC-5 7.3.2.1). */
export interface LogParameter {
  readonly code: number;
  /** FORMAT AND LINKING: bounded or unbounded counter, ASCII list, binary list. */
  readonly format: 'bounded counter' | 'ASCII list' | 'unbounded counter' | 'binary list';
  /** Disable update, disable save (obsolete in SPC-5), target save disabled: as the product sends them. */
  readonly DU?: boolean;
  readonly DS?: boolean;
  readonly TSD?: boolean;
  /** It counts events: it has a threshold, and a default of zero. Others are what they are, whatever PC asks. */
  readonly counts?: boolean;
  readonly value: Uint8Array;
}

export interface LogPage<Unit> {
  readonly code: number;
  readonly subpage?: number;
  readonly name: string;
  readonly ref: string;
  /** Parameters in ascending order of their codes. */
  parameters(unit: Unit): LogParameter[];
  /** Told after LOG SENSE returned the page (TapeAlert flags are cleared by reading). */
  wasRead?(unit: Unit): void;
  /** LOG SELECT with PCR: its counters begin anew. A page without has none that can. */
  reset?(unit: Unit): void;
  /**
   * LOG SELECT with a value for a parameter.
   * @returns the change to make; undefined when the parameter does not exist or takes no such value
   */
  select?(unit: Unit, code: number, value: Uint8Array): (() => void) | undefined;
}

const formats = {
  'bounded counter': 0,
  'ASCII list': 1,
  'unbounded counter': 2,
  'binary list': 3,
} as const;

const parameterHeader = layout(4, {
  code: u16(0),
  DU: bit(2, 7),
  DS: bit(2, 6),
  TSD: bit(2, 5),
  format: bits(2, 1, 2),
  length: u8(3),
});

const pageHeader = layout(4, {
  DS: bit(0, 7),
  SPF: bit(0, 6),
  pageCode: bits(0, 5, 6),
  subpageCode: u8(1),
  pageLength: u16(2),
});

function encodeParameter(parameter: LogParameter): Uint8Array {
  const header = parameterHeader.encode({
    code: parameter.code,
    DU: parameter.DU ?? false,
    DS: parameter.DS ?? false,
    TSD: parameter.TSD ?? false,
    format: formats[parameter.format],
    length: parameter.value.length,
  });
  return concat(header, parameter.value);
}

/** A number of `length` bytes, saturating at the largest there is room for. */
function saturated(length: number, value: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const largest = 256 ** length - 1;
  if (value >= largest) bytes.fill(0xff);
  else if (length <= 6) writeUint(bytes, 0, length, value);
  else writeUint(bytes, length - 6, 6, value);
  return bytes;
}

type ParameterTraits = Omit<LogParameter, 'code' | 'value' | 'format'>;

/** A counter of `length` bytes, saturating at its largest value. */
export const counter = (
  code: number,
  length: number,
  value: number,
  traits: ParameterTraits = {},
): LogParameter => ({
  code,
  format: 'bounded counter',
  counts: true,
  ...traits,
  value: saturated(length, value),
});

/** A number in a list parameter: nobody sets it or waits for a threshold. */
export const listCounter = (code: number, length: number, value: number): LogParameter => ({
  code,
  format: 'binary list',
  value: saturated(length, value),
});

/** PC (SPC-5 table 157), in the order of its values. */
export const logPageControls = [
  'threshold',
  'cumulative',
  'default threshold',
  'default cumulative',
] as const;
export type LogPageControl = (typeof logPageControls)[number];

/** No threshold can be set: each is the largest value, which a saturated counter meets. */
function under(control: LogPageControl, parameter: LogParameter): LogParameter {
  if (!parameter.counts || control === 'cumulative') return parameter;
  const fill = control === 'default cumulative' ? 0x00 : 0xff;
  return { ...parameter, value: new Uint8Array(parameter.value.length).fill(fill) };
}

/** The parameters a page has room for; an initiator asks for the rest with PARAMETER POINTER. */
function fittingIn(parameters: readonly Uint8Array[]): readonly Uint8Array[] {
  let room = 0xffff;
  const end = parameters.findIndex((each) => {
    room -= each.length;
    return room < 0;
  });
  return end < 0 ? parameters : parameters.slice(0, end);
}

/** SUBPAGE CODE that asks for the list of subpages. */
const allSubpages = 0xff;

interface BoundLogPage {
  readonly code: number;
  readonly subpage: number;
  parameters(): LogParameter[];
  wasRead(): void;
  reset(): void;
  select(code: number, value: Uint8Array): (() => void) | undefined;
}

const truncated = (): Error => refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');

/** The changes that the parameters from `start` to `end` of a list make; their codes ascend. */
function acceptParameters(
  page: BoundLogPage,
  list: Uint8Array,
  start: number,
  end: number,
): (() => void)[] {
  const changes: (() => void)[] = [];
  let before = -1;
  for (let at = start; at < end; ) {
    if (at + parameterHeader.size > end) throw invalidFieldInParameterList(start - 2);
    const { code, length } = parameterHeader.decode(list, at);
    const next = at + parameterHeader.size + length;
    if (next > end) throw invalidFieldInParameterList(at + parameterHeader.fields.length.at);
    if (code <= before) throw invalidFieldInParameterList(at);
    const change = page.select(code, list.slice(at + parameterHeader.size, next));
    if (!change) throw invalidFieldInParameterList(at);
    changes.push(change);
    before = code;
    at = next;
  }
  return changes;
}

/** The log pages of one unit, the lists of supported pages included. */
export class LogPages {
  readonly #pages: readonly BoundLogPage[];

  constructor(pages: readonly BoundLogPage[]) {
    this.#pages = pages;
  }

  /** Binds declared pages to their unit. */
  static of<Unit>(unit: Unit, pages: readonly LogPage<Unit>[]): LogPages {
    return new LogPages(
      pages.map((page) => ({
        code: page.code,
        subpage: page.subpage ?? 0,
        parameters: () => page.parameters(unit),
        wasRead: () => page.wasRead?.(unit),
        reset: () => page.reset?.(unit),
        select: (parameter, value) => page.select?.(unit, parameter, value),
      })),
    );
  }

  /** The list of the subpages of one page (SPC-5 7.3.17), for pages that have any. */
  #subpagesOf(code: number): Uint8Array | undefined {
    const subpages = this.#pages.filter((page) => page.code === code).map((page) => page.subpage);
    if (!subpages.some((subpage) => subpage !== 0)) return undefined;
    const list = [...subpages, allSubpages].sort((a, b) => a - b);
    return this.#frame(code, allSubpages, Uint8Array.from(list.flatMap((each) => [code, each])));
  }

  /** Page codes (SPC-5 7.3.16), or code and subpage pairs (7.3.17), ascending. */
  #supported(withSubpages: boolean): Uint8Array {
    const keys = new Set([0x0000, ...this.#pages.map((page) => page.code * 256 + page.subpage)]);
    if (withSubpages) keys.add(allSubpages);
    const ascending = [...keys].sort((a, b) => a - b);
    return withSubpages
      ? Uint8Array.from(ascending.flatMap((key) => [key >> 8, key & 0xff]))
      : Uint8Array.from(new Set(ascending.map((key) => key >> 8)));
  }

  /**
   * A page with its header.
   * @param pointer PARAMETER POINTER: parameters with smaller codes are left out
   * @param control PC: which values
   * @returns undefined when the unit has no such page, `'no such parameter'` when the pointer is past the last
   */
  page(
    code: number,
    subpage: number,
    pointer: number,
    control: LogPageControl = 'cumulative',
  ): Uint8Array | undefined | 'no such parameter' {
    if (code === 0 && (subpage === 0 || subpage === allSubpages))
      return this.#frame(code, subpage, this.#supported(subpage === allSubpages));
    if (subpage === allSubpages) return this.#subpagesOf(code);
    const page = this.#pages.find((each) => each.code === code && each.subpage === subpage);
    if (!page) return undefined;
    const all = page.parameters();
    const asked = all.filter((parameter) => parameter.code >= pointer);
    if (asked.length === 0 && pointer > 0) return 'no such parameter';
    const encoded = asked.map((parameter) => encodeParameter(under(control, parameter)));
    const bytes = this.#frame(code, subpage, concat(...fittingIn(encoded)));
    if (control === 'cumulative') page.wasRead();
    return bytes;
  }

  /** Whether there is a page of that code, with any subpage. */
  knows(code: number): boolean {
    return this.#pages.some((page) => page.code === code);
  }

  /** Whether there is something {@link reset} means. */
  canReset(code: number, subpage: number): boolean {
    return this.#asked(code, subpage).length > 0;
  }

  /** Resets what can be reset of a page, or with code 0 of every page (SPC-5 6.8, PCR). */
  reset(code: number, subpage: number): void {
    for (const page of this.#asked(code, subpage)) page.reset();
  }

  #asked(code: number, subpage: number): readonly BoundLogPage[] {
    if (code === 0 && subpage === 0) return this.#pages;
    return this.#pages.filter((page) => page.code === code && page.subpage === subpage);
  }

  /**
   * Checks a LOG SELECT list and returns the changes to make; nothing changes when any value is refused.
   * @throws the refusal that points at the page, the length or the parameter
   */
  accept(list: Uint8Array): (() => void)[] {
    const changes: (() => void)[] = [];
    let at = 0;
    while (at < list.length) {
      if (at + pageHeader.size > list.length) throw truncated();
      const { SPF, pageCode, subpageCode, pageLength } = pageHeader.decode(list, at);
      const subpage = SPF ? subpageCode : 0;
      const page = this.#pages.find((each) => each.code === pageCode && each.subpage === subpage);
      if (!page) throw invalidFieldInParameterList(at, 5);
      const end = at + pageHeader.size + pageLength;
      if (end > list.length) throw truncated();
      changes.push(...acceptParameters(page, list, at + pageHeader.size, end));
      at = end;
    }
    return changes;
  }

  #frame(code: number, subpage: number, content: Uint8Array): Uint8Array {
    const header = pageHeader.encode({
      SPF: subpage !== 0,
      pageCode: code,
      subpageCode: subpage,
      pageLength: content.length,
    });
    return concat(header, content);
  }
}
