// SPDX-License-Identifier: GPL-2.0-or-later
// The faults of one unit: added, counted when they strike, listed, removed.
import type { UnitKind } from '../ipc/words.js';
import { type FaultKind, type FaultName, faultKinds } from './kinds.js';

export interface Fault {
  readonly number: number;
  readonly kind: FaultName;
  readonly parameters: Readonly<Record<string, string>>;
  /** How often it still strikes; Infinity: until it is removed. */
  left: number;
  struck: number;
  /** Resolves when it is removed. */
  readonly removed: Promise<void>;
}

/** A fault that cannot be: the text says why. */
export class FaultError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FaultError';
  }
}

const forms = {
  number: { pattern: /^\d{1,15}$/, allowed: 'a number' },
  hex: { pattern: /^(0x)?[0-9a-f]{1,16}$/i, allowed: 'a hexadecimal number' },
  word: { pattern: /^\S+$/, allowed: 'one word' },
} as const;

/** `--block 1000`, `block=1000`: both are understood. */
function readParameters(words: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (let i = 0; i < words.length; i++) {
    const option = /^--([a-z]+)$/.exec(words[i]!);
    const pair = /^(?:--)?([a-z]+)=(\S+)$/.exec(words[i]!);
    const value = pair ? pair[2] : option ? words[++i] : undefined;
    if (value === undefined)
      throw new FaultError(`"${words[i] ?? words[i - 1]}" is not understood: write NAME=VALUE`);
    parameters[(pair ?? option)![1]!] = value;
  }
  return parameters;
}

function check(name: string, kind: FaultKind, parameters: Readonly<Record<string, string>>): void {
  const known = Object.keys(kind.parameters);
  for (const [key, value] of Object.entries(parameters)) {
    const parameter = kind.parameters[key];
    if (!parameter) throw new FaultError(`${name} has no ${key}; it has: ${known.join(', ')}`);
    const form = forms[parameter.form];
    if (!form.pattern.test(value))
      throw new FaultError(`${key} is ${form.allowed}, not "${value}"`);
  }
  for (const key of known)
    if (kind.parameters[key]!.required && parameters[key] === undefined)
      throw new FaultError(`${name} needs ${key}: ${kind.parameters[key]!.doc}`);
}

export class Faults {
  readonly #unit: UnitKind;
  readonly #list: (Fault & { readonly release: () => void })[] = [];
  #last = 0;

  constructor(unit: UnitKind) {
    this.#unit = unit;
  }

  /**
   * Adds `medium-error block=1000 count=1`.
   * @throws FaultError
   */
  add(words: readonly string[]): Fault {
    const [name = '', ...rest] = words;
    const kind: FaultKind | undefined = (faultKinds as Record<string, FaultKind>)[name];
    const kinds = Object.entries(faultKinds)
      .filter(([, each]) => (each.for as readonly UnitKind[]).includes(this.#unit))
      .map(([each]) => each);
    if (!kind?.for.includes(this.#unit))
      throw new FaultError(`a ${this.#unit} has no fault "${name}"; it has: ${kinds.join(', ')}`);
    const parameters = readParameters(rest);
    check(name, kind, parameters);
    let release = (): void => {};
    const removed = new Promise<void>((resolve) => {
      release = resolve;
    });
    const left = Number(parameters['count'] ?? kind.count ?? Number.POSITIVE_INFINITY);
    const fault = {
      number: ++this.#last,
      kind: name as FaultName,
      parameters,
      left,
      struck: 0,
      removed,
    };
    this.#list.push({ ...fault, release });
    return this.#list.at(-1)!;
  }

  /** Returns how many there were. */
  remove(which: number | 'all'): number {
    const going = this.#list.filter(({ number }) => which === 'all' || number === which);
    for (const fault of going) {
      this.#list.splice(this.#list.indexOf(fault), 1);
      fault.release();
    }
    return going.length;
  }

  /** In the order they were added. */
  get all(): readonly Fault[] {
    return this.#list;
  }

  get size(): number {
    return this.#list.length;
  }

  /** One line for each from a number on, as it was added, with how often it struck. */
  lines(from = 0): string[] {
    return this.#list
      .filter(({ number }) => number >= from)
      .map(({ number, kind, parameters, left, struck }) => {
        const rest = Object.entries(parameters).map(([key, value]) => ` ${key}=${value}`);
        return `${number}: ${kind}${rest.join('')}, struck ${struck}${left === 0 ? ', over' : ''}`;
      });
  }

  /** The first fault of a kind that can strike. */
  find(kind: FaultName, fits: (fault: Fault) => boolean = () => true): Fault | undefined {
    if (this.#list.length === 0) return undefined;
    return this.#list.find((fault) => fault.kind === kind && fault.left > 0 && fits(fault));
  }

  /** Finds one and counts that it struck. */
  strike(kind: FaultName, fits?: (fault: Fault) => boolean): Fault | undefined {
    const fault = this.find(kind, fits);
    if (!fault) return undefined;
    fault.left -= 1;
    fault.struck += 1;
    return fault;
  }
}
