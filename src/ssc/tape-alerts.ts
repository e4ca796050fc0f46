// SPDX-License-Identifier: GPL-2.0-or-later
// TapeAlert flags of a drive (SSC-5 annex A): set by events, cleared when the log page is read.

/** Flag numbers, 1 to 64. */
export const tapeAlertFlags = {
  'read warning': 1,
  'write warning': 2,
  'hard error': 3,
  media: 4,
  'read failure': 5,
  'write failure': 6,
  'write protect': 9,
  'cleaning media': 11,
  'unsupported format': 12,
  'clean now': 20,
  'clean periodic': 21,
  'expired cleaning media': 22,
  'lost statistics': 50,
} as const;
export type TapeAlert = keyof typeof tapeAlertFlags;

/** How many flags there are. */
export const tapeAlertCount = 64;

export class TapeAlerts {
  /** Bit n-1 is flag n. */
  #flags = 0n;
  readonly #onRaised: () => void;

  /** @param onRaised told of each flag that was not set and now is */
  constructor(onRaised: () => void = () => {}) {
    this.#onRaised = onRaised;
  }

  set(flag: TapeAlert): void {
    this.merge(1n << BigInt(tapeAlertFlags[flag] - 1));
  }

  /** Sets every flag whose bit is one: bit n-1 is flag n. */
  merge(flags: bigint): void {
    let raised = BigInt.asUintN(tapeAlertCount, flags) & ~this.#flags;
    this.#flags |= raised;
    for (; raised > 0n; raised &= raised - 1n) this.#onRaised();
  }

  /** All of them: bit n-1 is flag n. */
  get flags(): bigint {
    return this.#flags;
  }

  isSet(number: number): boolean {
    return ((this.#flags >> BigInt(number - 1)) & 1n) === 1n;
  }

  clear(): void {
    this.#flags = 0n;
  }
}
