// SPDX-License-Identifier: GPL-2.0-or-later
// Log pages: parameters read from the unit when asked, framed in one place (SPC-5 7.3).
import { bit, bits, concat, layout, u8, u16, writeUint } from '../bytes/layout.js';

/** One log parameter (SPC-5 7.3.2.1). */
export interface LogParameter {
  readonly code: number;
  /** FORMAT AND LINKING: bounded or unbounded counter, ASCII list, binary list. */
  readonly format: 'bounded counter' | 'ASCII list' | 'unbounded counter' | 'binary list';
  /** The target saves it implicitly never; DU and TSD as the product sends them. */
  readonly DU?: boolean;
  readonly TSD?: boolean;
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
    TSD: parameter.TSD ?? false,
    format: formats[parameter.format],
    length: parameter.value.length,
  });
  return concat(header, parameter.value);
}

/** A counter of `length` bytes, saturating at its largest value. */
export function counter(
  code: number,
  length: number,
  value: number,
  traits: Omit<LogParameter, 'code' | 'value' | 'format'> = {},
): LogParameter {
  const bytes = new Uint8Array(length);
  const largest = 256 ** length - 1;
  if (value >= largest) bytes.fill(0xff);
  else if (length <= 6) writeUint(bytes, 0, length, value);
  else writeUint(bytes, length - 6, 6, value);
  return { code, format: 'bounded counter', ...traits, value: bytes };
}

interface BoundLogPage {
  readonly code: number;
  readonly subpage: number;
  parameters(): LogParameter[];
  wasRead(): void;
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
      })),
    );
  }

  /** Page codes (SPC-5 7.3.16), or code and subpage pairs (7.3.17), ascending. */
  #supported(withSubpages: boolean): Uint8Array {
    const keys = new Set([0x0000, ...this.#pages.map((page) => page.code * 256 + page.subpage)]);
    if (withSubpages) keys.add(0x00ff);
    const ascending = [...keys].sort((a, b) => a - b);
    return withSubpages
      ? Uint8Array.from(ascending.flatMap((key) => [key >> 8, key & 0xff]))
      : Uint8Array.from(new Set(ascending.map((key) => key >> 8)));
  }

  /**
   * A page with its header.
   * @param pointer PARAMETER POINTER: parameters with smaller codes are left out
   * @returns undefined when the unit has no such page, `'no such parameter'` when the pointer is past the last
   */
  page(
    code: number,
    subpage: number,
    pointer: number,
  ): Uint8Array | undefined | 'no such parameter' {
    if (code === 0 && (subpage === 0 || subpage === 0xff))
      return this.#frame(code, subpage, this.#supported(subpage === 0xff));
    const page = this.#pages.find((each) => each.code === code && each.subpage === subpage);
    if (!page) return undefined;
    const all = page.parameters();
    const asked = all.filter((parameter) => parameter.code >= pointer);
    if (asked.length === 0 && pointer > 0) return 'no such parameter';
    const bytes = this.#frame(code, subpage, concat(...asked.map(encodeParameter)));
    page.wasRead();
    return bytes;
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
