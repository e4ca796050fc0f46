// SPDX-License-Identifier: GPL-2.0-or-later
// The kinds of values configuration files hold: each says what it allows and reads a text.

/** A value, or what is wrong with the text (continues a sentence that begins with the key). */
export type Reading<T> = { readonly value: T } | { readonly wrong: string };

/** How a value is written. */
export interface ValueKind<T> {
  /** What a person may write; ends the sentence "Allowed: ...". */
  readonly allowed: string;
  read(text: string): Reading<T>;
}

const PRINTABLE = /^[ -~]*$/;

/** What is wrong with `text` as a single word, if anything. */
function wrongWord(text: string): string | undefined {
  const [first, ...rest] = text.split(/\s+/);
  if (!first) return 'has no value';
  if (rest.length > 0) return `holds more than one word: "${rest.join(' ')}" is too much`;
  return PRINTABLE.test(text) ? undefined : 'holds a character that is not printable ASCII';
}

/** What is wrong with the length of `text`, if anything. */
const wrongLength = (text: string, max: number): string | undefined =>
  text.length > max
    ? `is ${text.length} characters long, ${text.length - max} too many`
    : undefined;

const reading = <T>(wrong: string | undefined, value: T): Reading<T> =>
  wrong === undefined ? { value } : { wrong };

/** One word of at most `max` characters. */
export const word = (max: number): ValueKind<string> => ({
  allowed: `one word of at most ${max} characters`,
  read: (text) => reading(wrongWord(text) ?? wrongLength(text, max), text),
});

/** Words of at most `max` characters with the blanks between them. */
export const words = (max: number): ValueKind<string> => ({
  allowed: `at most ${max} characters, blanks included`,
  read(text) {
    if (text === '') return { wrong: 'has no value' };
    if (!PRINTABLE.test(text)) return { wrong: 'holds a character that is not printable ASCII' };
    return reading(wrongLength(text, max), text);
  },
});

/** A decimal number; leading zeros do not change it. */
export const integer = (min: number, max: number): ValueKind<number> => ({
  allowed: `a number from ${min} to ${max}`,
  read(text) {
    const wrong = wrongWord(text);
    if (wrong !== undefined) return { wrong };
    if (!/^-?\d+$/.test(text)) return { wrong: `is "${text}", not a decimal number` };
    const value = Number(text);
    return reading(value < min || value > max ? 'is out of range' : undefined, value);
  },
});

/** One of several words, in upper or lower case. */
export function choice<T>(table: Readonly<Record<string, T>>): ValueKind<T> {
  const values = new Map(Object.entries(table));
  const names = [...values.keys()];
  return {
    allowed: `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`,
    read(text) {
      const wrong = wrongWord(text);
      if (wrong !== undefined) return { wrong };
      const value = values.get(text.toLowerCase());
      return value === undefined ? { wrong: `cannot be "${text}"` } : { value };
    },
  };
}

/** The path of a file or directory from the root on. */
export const absolutePath: ValueKind<string> = {
  allowed: 'a path that begins with / and holds no blanks',
  read: (text) =>
    reading(wrongWord(text) ?? (text.startsWith('/') ? undefined : 'does not begin with /'), text),
};

/** Eight bytes as pairs of hex digits with colons between, as one 64-bit number. */
export const naaDesignator: ValueKind<bigint> = {
  allowed: 'eight bytes, each two hex digits, with colons between',
  read(text) {
    const wrong = wrongWord(text);
    if (wrong !== undefined) return { wrong };
    if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){7}$/i.test(text))
      return { wrong: 'is not eight hex bytes' };
    const digits = text.split(':').map((byte) => byte.padStart(2, '0'));
    return { value: BigInt(`0x${digits.join('')}`) };
  },
};

/** A part of a {@link form}: the fixed word before the value ('' for none), its placeholder, its kind. */
export type FormPart<T> = readonly [word: string, placeholder: string, kind: ValueKind<T>];

/** The pattern of a line of parts; blanks are free, one group a value and one for what follows. */
const formPattern = (parts: readonly FormPart<unknown>[]): RegExp => {
  const lead = parts.map(([name]) => (name === '' ? '' : `${name.replace(':', '\\s*:')}\\s*`));
  return new RegExp(`^${lead.join('(\\S+)\\s+')}(\\S+)\\s*(.*)$`);
};

/**
 * Several values in one line with fixed words between them, as `n Slot: m`.
 * @returns a kind whose value is the tuple of the parts' values
 */
export function form<const T extends readonly unknown[]>(
  ...parts: { readonly [K in keyof T]: FormPart<T[K]> }
): ValueKind<T> {
  const list = parts as readonly FormPart<unknown>[];
  const pattern = formPattern(list);
  const shape = list.map(([name, placeholder]) => `${name} ${placeholder}`.trim()).join(' ');
  const meanings = list.map(([, placeholder, kind]) => `${placeholder} ${kind.allowed}`);
  return {
    allowed: `"${shape}" with ${meanings.join(', ')}`,
    read(text) {
      const match = pattern.exec(text);
      if (!match) return { wrong: 'is not written in the form it needs' };
      const junk = match[list.length + 1];
      if (junk) return { wrong: `is followed by more than its values: "${junk}" is too much` };
      const values: unknown[] = [];
      for (const [i, [name, , kind]] of list.entries()) {
        const result = kind.read(match[i + 1]!);
        if ('wrong' in result)
          return {
            wrong:
              name === '' ? result.wrong : `has a ${name.replace(':', '')} that ${result.wrong}`,
          };
        values.push(result.value);
      }
      return { value: values as unknown as T };
    },
  };
}
