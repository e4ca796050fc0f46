// SPDX-License-Identifier: GPL-2.0-or-later
// Where in a partition encrypted blocks begin, and clear ones behind them; no object is looked at twice.

/** Positions; undefined when there is no such block. */
export interface FirstEncrypted {
  readonly encrypted: number | undefined;
  /** The first block behind it that is not encrypted. */
  readonly clearAfter: number | undefined;
}

/** The first number that fits; what comes later is looked at when it is there. */
class First {
  readonly #fits: (number: number) => boolean;
  #found: number | undefined;
  /** Numbers before this one do not fit. */
  #next = 0;

  constructor(fits: (number: number) => boolean) {
    this.#fits = fits;
  }

  /** Looks from `from`, which changes only by {@link forget}, to before `end`. */
  find(from: number, end: number): number | undefined {
    this.#next = Math.max(this.#next, from);
    while (this.#found === undefined && this.#next < end) {
      if (this.#fits(this.#next)) this.#found = this.#next;
      this.#next++;
    }
    return this.#found;
  }

  /** Numbers from `length` on are gone. */
  forget(length: number): void {
    this.#next = Math.min(this.#next, length);
    if (this.#found !== undefined && this.#found >= length) this.#found = undefined;
  }
}

export class FirstEncryptedBlock {
  readonly #encrypted: First;
  readonly #clear: First;

  /** @param encryption of an object: whether it is an encrypted block, a clear one, or none */
  constructor(encryption: (number: number) => 'encrypted' | 'clear' | 'no block') {
    this.#encrypted = new First((number) => encryption(number) === 'encrypted');
    this.#clear = new First((number) => encryption(number) === 'clear');
  }

  /** @param end number of objects there are */
  find(end: number): FirstEncrypted {
    const encrypted = this.#encrypted.find(0, end);
    if (encrypted === undefined) return { encrypted, clearAfter: undefined };
    return { encrypted, clearAfter: this.#clear.find(encrypted, end) };
  }

  /** The object `length` and those after it are gone. */
  truncate(length: number): void {
    this.#encrypted.forget(length);
    this.#clear.forget(length);
  }
}
