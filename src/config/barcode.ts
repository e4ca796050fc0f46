// SPDX-License-Identifier: GPL-2.0-or-later
// What a barcode says about its cartridge: medium type and use.

/** A cartridge to be made. */
export interface MediumKind {
  /** Name of the density as mktape knows it. */
  readonly density: string;
  readonly type: 'data' | 'clean' | 'WORM';
}

/** Longest barcode there is: what a volume tag holds (SMC-3). Most products read fewer characters. */
export const MAX_BARCODE_LENGTH = 32;

/** The characters of Code 39 a file name can hold, in either case, and the underscore. */
export const BARCODE = /^[A-Za-z0-9$%+_-][A-Za-z0-9$%+._-]*$/;

/**
 * Density by the last two characters. LTO: IBM LTO Ultrium Cartridge Label Specification. The
 * rest as in the reference, completed by the suffixes it documents but does not know (LT JC TC).
 */
export const DATA_SUFFIXES: Readonly<Record<string, string>> = {
  L1: 'LTO1',
  L2: 'LTO2',
  L3: 'LTO3',
  L4: 'LTO4',
  L5: 'LTO5',
  L6: 'LTO6',
  L7: 'LTO7',
  L8: 'LTO8',
  L9: 'LTO9',
  LA: 'LTO10',
  PA: 'LTO10P',
  M8: 'M8',
  S1: 'SDLT220',
  S2: 'SDLT320',
  S3: 'SDLT600',
  S4: 'DLTS4',
  X1: 'AIT1',
  X2: 'AIT2',
  X3: 'AIT3',
  X4: 'AIT4',
  X5: 'AIT5',
  D7: 'DLT4',
  TA: 'T10KA',
  TB: 'T10KB',
  TC: 'T10KC',
  TD: 'T10KD',
  TZ: '9840A',
  TY: '9840B',
  TX: '9840C',
  TW: '9840D',
  TV: '9940A',
  TU: '9940B',
  JA: 'J1A',
  JB: 'E05',
  JC: 'E06',
  JK: 'E07',
  JD: 'E08',
  JE: '60F',
  JF: '70F',
};

/** Suffixes of cartridges that can be written once only. */
export const WORM_SUFFIXES: Readonly<Record<string, string>> = {
  LT: 'LTO3',
  LU: 'LTO4',
  LV: 'LTO5',
  LW: 'LTO6',
  LX: 'LTO7',
  LY: 'LTO8',
  LZ: 'LTO9',
  LH: 'LTO10',
  JW: 'E05',
  JX: 'E05',
  JY: 'E07',
  JZ: 'E08',
  JV: '60F',
};

/**
 * The cartridge a barcode stands for.
 * @returns undefined when the barcode has fewer than eight characters or no known suffix
 */
export function mediumFromBarcode(barcode: string): MediumKind | undefined {
  const suffix = /[A-Z0-9]{6}([A-Z0-9]{2})$/.exec(barcode)?.[1];
  if (suffix === undefined) return undefined;
  const density = DATA_SUFFIXES[suffix] ?? WORM_SUFFIXES[suffix];
  if (density === undefined) return undefined;
  if (barcode.startsWith('W') || suffix in WORM_SUFFIXES) return { density, type: 'WORM' };
  return { density, type: barcode.startsWith('CLN') ? 'clean' : 'data' };
}
