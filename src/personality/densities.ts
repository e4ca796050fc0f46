// SPDX-License-Identifier: GPL-2.0-or-later
// The recording densities of each family, and what a drive does with one. Codes: SSC-5 table 74 and the tables of mt-st 1.7
// (`mt densities`) and of FreeBSD's mt for what they have; LTO-9 and LTO-10: GA32-0928-08; AIT-5: Sony's manual of the SDX-1100V;
// SDLT 600 and DLT-S4: Quantum's DLT-S4 Interface Reference Guide, table 91. What no source confirms is said in the products.
import type { Density, SupportedDensity } from '../ssc/density.js';

/** A density and the cartridge that is made for it, by the name `mktape -d` has for it. */
export interface FamilyDensity extends Density {
  readonly cartridge: string;
}

type Row = readonly [
  code: number,
  bitsPerMillimetre: number,
  tracks: number,
  capacity: number,
  densityName: string,
  description: string,
];

/** Names of densities are those of their cartridges. */
function family<const Name extends string>(
  assigningOrganization: string,
  mediaWidth: number,
  rows: Readonly<Record<Name, Row>>,
): Readonly<Record<Name, FamilyDensity>> {
  const entries = Object.entries<Row>(rows).map(([cartridge, row]) => {
    const [code, bitsPerMillimetre, tracks, capacity, densityName, description] = row;
    const stated = { code, bitsPerMillimetre, mediaWidth, tracks, capacity };
    return [
      cartridge,
      { ...stated, assigningOrganization, densityName, description, cartridge },
    ] as const;
  });
  return Object.fromEntries(entries) as Record<Name, FamilyDensity>;
}

const supported = (
  WRTOK: boolean,
  { cartridge, ...density }: FamilyDensity,
  cartridges: readonly string[],
): SupportedDensity => ({
  ...density,
  WRTOK,
  cartridges: cartridges.length > 0 ? cartridges : [cartridge],
});

/** The drive reads and writes a density: on its own cartridge, or on those named. */
export const writes = (density: FamilyDensity, ...cartridges: string[]): SupportedDensity =>
  supported(true, density, cartridges);

/** The drive only reads a density. */
export const reads = (density: FamilyDensity, ...cartridges: string[]): SupportedDensity =>
  supported(false, density, cartridges);

/* LTO-3 says 381469 as IBM's drives do: its manual counts that one generation in units of 2^20. */
export const lto = family('LTO-CVE', 127, {
  LTO1: [0x40, 4880, 384, 100_000, 'U-18', 'Ultrium 1/8T'],
  LTO2: [0x42, 7398, 512, 200_000, 'U-28', 'Ultrium 2/8T'],
  LTO3: [0x44, 9638, 704, 381_469, 'U-316', 'Ultrium 3/16T'],
  LTO4: [0x46, 12725, 896, 800_000, 'U-416', 'Ultrium 4/16T'],
  LTO5: [0x58, 15142, 1280, 1_500_000, 'U-516', 'Ultrium 5/16T'],
  LTO6: [0x5a, 15142, 2176, 2_500_000, 'U-616', 'Ultrium 6/16T'],
  LTO7: [0x5c, 19107, 3584, 6_000_000, 'U-732', 'Ultrium 7/32T'],
  M8: [0x5d, 19107, 5376, 9_000_000, 'U-M832', 'Ultrium M8/32T'],
  LTO8: [0x5e, 20669, 6656, 12_000_000, 'U-832', 'Ultrium 8/32T'],
  LTO9: [0x60, 21459, 8960, 18_000_000, 'U-932', 'Ultrium 9/32T'],
  LTO10: [0x62, 21657, 15104, 30_000_000, 'U1032A', 'Ultrium 10/32T'],
  LTO10P: [0x63, 22441, 15104, 40_000_000, 'U1032P', 'Ultrium 10P/32T'],
});

export const ibm3592 = family('IBM', 127, {
  J1A: [0x51, 11800, 512, 300_000, '3592A1', ''],
  E05: [0x52, 11800, 896, 500_000, '3592A2', ''],
  E06: [0x53, 13452, 1152, 1_000_000, '3592A3', ''],
  E07: [0x54, 19686, 2560, 4_000_000, '3592A4', ''],
  E08: [0x55, 20670, 5120, 10_000_000, '3592A5', ''],
  '55F': [0x56, 20670, 7680, 15_000_000, '3592B5', ''],
  '60F': [0x57, 21850, 8704, 20_000_000, '3592A6', ''],
  '70F': [0x59, 21850, 18944, 50_000_000, '3592A7', ''],
});

export const t10000 = family('STK', 127, {
  T10KA: [0x4a, 0, 768, 500_000, 'T1 - 500', 'T1 - 500 GB'],
  T10KB: [0x4b, 0, 1152, 1_000_000, 'T1 -1000', 'T1 - 1000 GB'],
  T10KC: [0x4c, 0, 3584, 5_000_000, 'T2 -5000', 'T2 - 5000 GB'],
  T10KD: [0x4d, 0, 4608, 8_500_000, 'T2 -8500', 'T2 - 8500 GB'],
});

export const t9840 = family('STK', 127, {
  '9840A': [0x42, 0, 288, 20_000, 'R-20', 'Raven 20 GB'],
  '9840C': [0x45, 0, 288, 40_000, 'R-40', 'Raven 40 GB'],
  '9840D': [0x46, 0, 576, 75_000, 'R-75', 'Raven 75 GB'],
});

export const t9940 = family('STK', 127, {
  '9940A': [0x43, 0, 288, 60_000, 'P-60', 'PeakCapacity 60 GB'],
  '9940B': [0x44, 0, 576, 200_000, 'P-200', 'PeakCapacity 200 GB'],
});

export const dlt = family('DEC', 127, {
  DLT2: [0x17, 1673, 112, 6_000, 'DLT-6', 'CompacTape III 6 GB'],
  DLT3: [0x19, 2460, 128, 10_000, 'DLT-10', 'DLTtape III 10 GB'],
  'DLT4 20': [0x1a, 3214, 128, 20_000, 'DLT-20', 'DLTtape IV 20 GB'],
  DLT4: [0x1b, 3383, 208, 35_000, 'DLT-35', 'DLTtape IV 35 GB'],
  'DLT4 40': [0x41, 3868, 208, 40_000, 'DLT-40', 'DLTtape IV 40 GB'],
  DLTV4: [0x51, 9000, 640, 160_000, 'DLT-V4', 'DLTtape VS1 160 GB'],
});

export const sdlt = family('QUANTUM', 127, {
  SDLT220: [0x48, 5236, 448, 110_000, 'SDLT-220', 'SDLT I 110 GB'],
  SDLT320: [0x49, 7598, 448, 160_000, 'SDLT-320', 'SDLT I 160 GB'],
  SDLT600: [0x4a, 9173, 640, 300_000, 'SDLT-600', 'SDLT II 300 GB'],
  DLTS4: [0x4b, 10079, 1280, 800_000, 'DLT-S4', 'DLTtape S4 800 GB'],
});

export const ait = family('SONY', 80, {
  AIT1: [0x30, 4567, 1, 35_000, 'AIT-1', 'AdvIntelligentTape1'],
  AIT2: [0x31, 6102, 1, 50_000, 'AIT-2', 'AdvIntelligentTape2'],
  AIT3: [0x32, 6102, 1, 100_000, 'AIT-3', 'AdvIntelligentTape3'],
  AIT4: [0x33, 6102, 1, 200_000, 'AIT-4', 'AdvIntelligentTape4'],
  AIT5: [0x34, 6102, 1, 400_000, 'AIT-5', 'AdvIntelligentTape5'],
});

export const sait = family('SONY', 127, {
  SAIT1: [0x38, 7400, 1, 500_000, 'SAIT-1', 'Super AIT 500 GB'],
  SAIT2: [0x39, 8200, 1, 800_000, 'SAIT-2', 'Super AIT 800 GB'],
});

export const dds = family('DDS', 38, {
  DDS1: [0x13, 2400, 1, 2_000, 'DDS', 'Digital Data Storage'],
  DDS2: [0x24, 2400, 1, 4_000, 'DDS-2', 'Digital Data Storage'],
  DDS3: [0x25, 3816, 1, 12_000, 'DDS-3', 'Digital Data Storage'],
  DDS4: [0x26, 3816, 1, 20_000, 'DDS-4', 'Digital Data Storage'],
  DDS5: [0x47, 6417, 1, 36_000, 'DAT-72', 'Digital Audio Tape'],
  DAT160: [0x48, 6870, 1, 80_000, 'DAT-160', 'Digital Audio Tape'],
  DAT320: [0x49, 8000, 1, 160_000, 'DAT-320', 'Digital Audio Tape'],
});
