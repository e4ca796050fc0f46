// SPDX-License-Identifier: GPL-2.0-or-later
// A mode page stated once: header, length, SPF, changeable mask and checks follow from its table (SPC-5 7.5).
import { type Fields, type Layout, layout, type Values, writeUint } from '../bytes/layout.js';
import type { FieldPosition } from '../sam/command.js';
import { invalidFieldInParameterList } from '../sam/reply.js';

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
  /** PS: MODE SELECT with SP keeps the page through a loss of power. */
  readonly saveable?: boolean;
  /** Fields that are not stored but read from the unit each time. */
  live?(unit: Unit): Partial<Values<F>>;
  /** Values that are carried out and not kept: what MODE SENSE returns of them afterwards. */
  momentary?(values: Values<F>, before: Values<F>): Partial<Values<F>>;
  /** Told after MODE SELECT gave the page new values; `before` are those when it was sent. */
  selected?(unit: Unit, values: Values<F>, before: Values<F>): void;
  /** Refuses values that fit the fields but not the unit: returns the name of the offending field. */
  refuses?(unit: Unit, values: Values<F>): (keyof F & string) | undefined;
}

/** PC field (SPC-5 table 165). */
export type PageControl = 'current' | 'changeable' | 'default' | 'saved';

/** A mode page of one unit, with its stored values. */
export interface BoundModePage {
  readonly code: number;
  readonly subpage: number;
  /** Bytes, header included. */
  readonly size: number;
  read(control: PageControl): Uint8Array;
  values(): Values<Fields>;
  /**
   * Checks the bytes of a page that stand at offset `at` of a MODE SELECT list.
   * @returns the change to make
   * @throws the refusal that points at the first bit that must not change, or the field the unit refuses
   */
  accept(bytes: Uint8Array, at: number): () => void;
  readonly saveable: boolean;
  /** Makes the current values the saved ones, and returns them as MODE SENSE does. */
  save(): Uint8Array;
  /** Makes these the saved values, and the current ones; those that the page would not accept are left out. */
  restore(bytes: Uint8Array): void;
  /** Back to the saved values, else the defaults (SPC-5 7.5.2). */
  reset(): void;
}

/** A declared page; what its fields are is known to whoever holds a {@link DeclaredModePage}. */
export interface ModePage<Unit> {
  readonly code: number;
  readonly subpage: number;
  readonly name: string;
  readonly ref: string;
  bind(unit: Unit): BoundModePage;
}

export interface DeclaredModePage<Unit, F extends Fields> extends ModePage<Unit> {
  /** Values after power on. */
  readonly initial: Values<F>;
  /** The same page of a product that can save it. */
  saved(): DeclaredModePage<Unit, F>;
}

/** The two or four header bytes (SPC-5 tables 448 and 449): PS, SPF, codes, PAGE LENGTH. */
function stamp(
  bytes: Uint8Array,
  {
    code,
    subpage,
    saveable,
  }: Pick<ModePageDefinition<never, never>, 'code' | 'subpage' | 'saveable'>,
): Uint8Array {
  const PS = saveable ? 0x80 : 0;
  if (subpage === undefined) {
    bytes[0] = PS | code;
    bytes[1] = bytes.length - 2;
  } else {
    bytes[0] = PS | 0x40 | code;
    bytes[1] = subpage;
    writeUint(bytes, 2, 2, bytes.length - 4);
  }
  return bytes;
}

function changeableMask<Unit, F extends Fields>(
  definition: ModePageDefinition<Unit, F>,
): Uint8Array {
  const mask = new Uint8Array(definition.size);
  for (const name of definition.changeable ?? []) {
    const field = definition.fields[name]!;
    field.mask.forEach((bits, i) => {
      mask[field.at + i]! |= bits;
    });
  }
  return mask;
}

/** Everything about a page that does not depend on a unit. */
interface Compiled<Unit, F extends Fields> {
  readonly definition: ModePageDefinition<Unit, F>;
  readonly body: Layout<F>;
  readonly headerSize: number;
  readonly initial: Values<F>;
  readonly changeable: Uint8Array;
  encode(values: Values<F>): Uint8Array;
}

function bind<Unit, F extends Fields>(page: Compiled<Unit, F>, unit: Unit): BoundModePage {
  const { definition, body, headerSize, initial, changeable, encode } = page;
  let stored = initial;
  let saved: Values<F> | undefined;
  const frozenBit = (bytes: Uint8Array, now: Uint8Array): FieldPosition | undefined => {
    for (let i = headerSize; i < bytes.length; i++) {
      const wrong = (now[i]! ^ bytes[i]!) & ~changeable[i]! & 0xff;
      if (wrong) return { byte: i, bit: 31 - Math.clz32(wrong) };
    }
    return undefined;
  };
  const withLive = (values: Values<F>): Values<F> => ({ ...values, ...definition.live?.(unit) });
  const take = (values: Values<F>, before = withLive(stored)): void => {
    stored = { ...values, ...definition.momentary?.(values, before) };
    definition.selected?.(unit, values, before);
  };
  return {
    code: definition.code,
    subpage: definition.subpage ?? 0,
    size: definition.size,
    values: () => withLive(stored),
    read(control) {
      if (control === 'changeable') return stamp(Uint8Array.from(changeable), definition);
      if (control === 'current') return encode(withLive(stored));
      return encode(withLive(control === 'saved' ? (saved ?? initial) : initial));
    },
    accept(bytes, at) {
      const before = withLive(stored);
      const wrong = frozenBit(bytes, encode(before));
      if (wrong) throw invalidFieldInParameterList(at + wrong.byte, wrong.bit);
      const next = body.decode(bytes);
      const refused = definition.refuses?.(unit, next);
      if (refused !== undefined)
        throw invalidFieldInParameterList(at + definition.fields[refused]!.at);
      return () => take(next, before);
    },
    saveable: definition.saveable ?? false,
    save() {
      saved = stored;
      return encode(withLive(stored));
    },
    restore(bytes) {
      const values = body.decode(bytes);
      if (frozenBit(bytes, encode(withLive(initial)))) return;
      if (definition.refuses?.(unit, values) !== undefined) return;
      saved = values;
      take(values);
    },
    reset() {
      if (saved) take(saved);
      else stored = initial;
    },
  };
}

/** Declares a mode page of units of type `Unit`. Throws RangeError at load when the table contradicts itself. */
export function modePage<Unit>() {
  return <const F extends Fields>(
    definition: ModePageDefinition<Unit, F>,
  ): DeclaredModePage<Unit, F> => {
    const { code, subpage, size, name, ref } = definition;
    const headerSize = subpage === undefined ? 2 : 4;
    const body = layout(size, definition.fields);
    if (body.mask.subarray(0, headerSize).some((mask) => mask !== 0))
      throw new RangeError(`${name}: bytes 0 to ${headerSize - 1} are the page header`);
    const initial = { ...body.decode(new Uint8Array(size)), ...definition.defaults };
    const encode = (values: Values<F>) => stamp(body.encode(values), definition);
    const changeable = changeableMask(definition);
    const compiled = { definition, body, headerSize, initial, changeable, encode };
    return {
      code,
      subpage: subpage ?? 0,
      name,
      ref,
      initial,
      bind: (unit) => bind(compiled, unit),
      saved: () => modePage<Unit>()({ ...definition, saveable: true }),
    };
  };
}
