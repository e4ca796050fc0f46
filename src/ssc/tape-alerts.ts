// SPDX-License-Identifier: GPL-2.0-or-later
// TapeAlert flags of a drive (SSC-5 annex A): set by events, cleared when the log page is read.

/** Flag numbers, 1 to 64, under the standard's names (SSC-5 table A.1). */
export const tapeAlertFlags = {
  'read warning': 1,
  'write warning': 2,
  'hard error': 3,
  media: 4,
  'read failure': 5,
  'write failure': 6,
  'media life': 7,
  'not data grade': 8,
  'write protect': 9,
  'medium removal prevented': 10,
  'cleaning media': 11,
  'unsupported format': 12,
  'recoverable mechanical cartridge failure': 13,
  'unrecoverable mechanical cartridge failure': 14,
  'memory chip in cartridge failure': 15,
  'forced eject': 16,
  'read only format': 17,
  'tape directory corrupted on load': 18,
  'nearing media life': 19,
  'clean now': 20,
  'clean periodic': 21,
  'expired cleaning media': 22,
  'invalid cleaning tape': 23,
  'retension requested': 24,
  'dual port interface error': 25,
  'cooling fan failing': 26,
  'power supply failure': 27,
  'power consumption': 28,
  'drive maintenance': 29,
  'hardware A': 30,
  'hardware B': 31,
  interface: 32,
  'eject failure': 33,
  'download failure': 34,
  'drive humidity': 35,
  'drive temperature': 36,
  'drive voltage': 37,
  'predictive failure': 38,
  'diagnostics required': 39,
  'lost statistics': 50,
  'tape directory invalid at unload': 51,
  'tape system area write failure': 52,
  'tape system area read failure': 53,
  'no start of data': 54,
  'load failure': 55,
  'unrecoverable unload failure': 56,
  'automation interface failure': 57,
  'firmware failure': 58,
  'WORM medium - integrity check failed': 59,
  'WORM medium - overwrite attempted': 60,
} as const;
export type TapeAlert = keyof typeof tapeAlertFlags;

/** Flags about the cartridge in the drive: the next one starts without them (SSC-5 table A.1, deactivation). */
const ofCartridge: readonly TapeAlert[] = [
  'read warning',
  'write warning',
  'hard error',
  'media',
  'read failure',
  'write failure',
  'media life',
  'not data grade',
  'write protect',
  'medium removal prevented',
  'cleaning media',
  'unsupported format',
  'recoverable mechanical cartridge failure',
  'unrecoverable mechanical cartridge failure',
  'memory chip in cartridge failure',
  'read only format',
  'tape directory corrupted on load',
  'nearing media life',
  'expired cleaning media',
  'invalid cleaning tape',
  'no start of data',
  'load failure',
  'WORM medium - integrity check failed',
  'WORM medium - overwrite attempted',
];

/** How many flags there are. */
export const tapeAlertCount = 64;

/** Who wants to know. */
export interface AlertListener {
  /** A flag that was not set now is. */
  raised(): void;
  /** No flag is set any more. */
  allGone(): void;
}

const numberOf = (flag: TapeAlert | number): number =>
  typeof flag === 'number' ? flag : tapeAlertFlags[flag];

export class TapeAlerts {
  /** Bit n-1 is flag n. */
  #flags = 0n;
  readonly #told: AlertListener;

  constructor(told: AlertListener) {
    this.#told = told;
  }

  set(flag: TapeAlert): void {
    this.merge(1n << BigInt(tapeAlertFlags[flag] - 1));
  }

  /** Sets every flag whose bit is one: bit n-1 is flag n. */
  merge(flags: bigint): void {
    let raised = BigInt.asUintN(tapeAlertCount, flags) & ~this.#flags;
    this.#flags |= raised;
    for (; raised > 0n; raised &= raised - 1n) this.#told.raised();
  }

  /** All of them: bit n-1 is flag n. */
  get flags(): bigint {
    return this.#flags;
  }

  /** The reason for the flag is gone. @param flag its name, or its number */
  unset(flag: TapeAlert | number): void {
    this.#flags &= ~(1n << BigInt(numberOf(flag) - 1));
    if (this.#flags === 0n) this.#told.allGone();
  }

  /** @param flag its name, or its number */
  isSet(flag: TapeAlert | number): boolean {
    return ((this.#flags >> BigInt(numberOf(flag) - 1)) & 1n) === 1n;
  }

  /** Another cartridge comes. */
  cartridgeChanges(): void {
    for (const flag of ofCartridge) this.unset(flag);
  }

  clear(): void {
    this.#flags = 0n;
    this.#told.allGone();
  }
}

/** TEST FLAG NUMBER (SSC-5 table 132): a flag, or less than zero its absence, or every flag. */
const everyFlag = 32767;

export const knowsTestFlag = (number: number): boolean =>
  number === everyFlag || (number !== 0 && Math.abs(number) <= tapeAlertCount);

/** Sets and unsets flags as MODE SELECT with TEST asks for. */
export function testFlag(alerts: TapeAlerts, number: number): void {
  if (number === everyFlag) alerts.merge(BigInt.asUintN(tapeAlertCount, -1n));
  else if (number > 0) alerts.merge(1n << BigInt(number - 1));
  else alerts.unset(-number);
}
