// SPDX-License-Identifier: GPL-2.0-or-later
// A mode page stated once: header, length, SPF, changeable mask and checks follow from its table (SPC-5 7.5).
import { type Fields, type Layout, layout, type Values, writeUint } from '../bytes/layout.js';

export interface ModePageDefinition<Unit, F extends Fields> {
  readonly code: number;
  /** Given: the page is in sub_page format. */
  readonly subpage?: number;
  readonly name: string;
  readonly ref: string;
  /** Bytes, header included. */
  readonly size: number;
  readonly fields: F;
  readonly defaults?: Partial<Values<F>>;
  readonly changeable?: readonly (keyof F & string)[];
  /** Fields that are not stored but read from the unit each time. */
  live?(unit: Unit): Partial<Values<F>>;
  /** Told after MODE SELECT gave the page new values. */
  selected?(unit: Unit, values: Values<F>): void;
  /** Refuses values that fit the fields but not the unit: returns the name of the offending field. */
  refuses?(unit: Unit, values: Values<F>): (keyof F & string) | undefined;
}

export interface ModePage<Unit, F extends Fields = Fields> extends ModePageDefinition<Unit, F> {
  readonly layout: Layout<F>;
  /** Bytes of header: 2, or 4 in sub_page format. */
  readonly headerSize: number;
  readonly initial: Values<F>;
  /** The page as MODE SENSE returns it for PC = changeable. */
  readonly changeableMask: Uint8Array;
  encode(values: Values<F>): Uint8Array;
}

/** The two or four header bytes (SPC-5 table 448 and 449). */
function stamp(bytes: Uint8Array, code: number, subpage: number | undefined): Uint8Array {
  if (subpage === undefined) {
    bytes[0] = code;
    bytes[1] = bytes.length - 2;
  } else {
    bytes[0] = 0x40 | code;
    bytes[1] = subpage;
    writeUint(bytes, 2, 2, bytes.length - 4);
  }
  return bytes;
}

/** Declares a mode page of units of type `Unit`. Throws RangeError at load when the table contradicts itself. */
export function modePage<Unit>() {
  return <const F extends Fields>(definition: ModePageDefinition<Unit, F>): ModePage<Unit, F> => {
    const { code, subpage, size, fields, name } = definition;
    const headerSize = subpage === undefined ? 2 : 4;
    const body = layout(size, fields);
    if (body.mask.subarray(0, headerSize).some((mask) => mask !== 0))
      throw new RangeError(`${name}: bytes 0 to ${headerSize - 1} are the page header`);
    const changeable = new Uint8Array(size);
    for (const field of definition.changeable ?? [])
      fields[field]!.mask.forEach((mask, i) => {
        changeable[fields[field]!.at + i]! |= mask;
      });
    return {
      ...definition,
      layout: body,
      headerSize,
      initial: { ...body.decode(new Uint8Array(size)), ...definition.defaults },
      changeableMask: stamp(changeable, code, subpage),
      encode: (values) => stamp(body.encode(values), code, subpage),
    };
  };
}
