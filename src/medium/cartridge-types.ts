// SPDX-License-Identifier: GPL-2.0-or-later
// Every kind of cartridge there is: one row each, and how to find a row.

export type CartridgeFamily =
  | 'LTO'
  | 'AIT'
  | 'DLT'
  | 'SDLT'
  | '9840'
  | '9940'
  | 'T10000'
  | 'DDS'
  | 'SAIT'
  | '3592';

/** What a cartridge is made for; its use (data, WORM, cleaning) and its size are its own. */
export interface CartridgeType {
  readonly family: CartridgeFamily;
  /** Counted within the family, from 1. */
  readonly generation: number;
  /** The word `mktape -d` takes. */
  readonly mktapeName: string;
  /**
   * Numbers that stand for this type on disk: the first is written; the others (its cleaning and WORM
   * cartridges) are numbers other programs may have written. From 100 on they are this program's own.
   */
  readonly mediaTypes: readonly number[];
  /** Primary density code (SSC, REPORT DENSITY SUPPORT). */
  readonly densityCode: number;
  /** Assigning organization, density name and description, as the density support descriptor has them. */
  readonly organization: string;
  readonly densityName: string;
  readonly description: string;
  readonly bitsPerMillimetre: number;
  readonly tracks: number;
  /** Tenths of a millimetre. */
  readonly width: number;
  /** Metres. */
  readonly length: number;
  readonly nativeBytes: number;
  /** Size of the medium auxiliary memory, bytes. */
  readonly mamBytes: number;
  readonly maxPartitions: number;
}

type Row = readonly [
  mktapeName: string,
  generation: number,
  mediaTypes: readonly number[],
  densityCode: number,
  densityName: string,
  description: string,
  bitsPerMillimetre: number,
  tracks: number,
  length: number,
  gigabytes: number,
  mamBytes: number,
  maxPartitions: number,
];

const family = (
  name: CartridgeFamily,
  organization: string,
  width: number,
  rows: readonly Row[],
): CartridgeType[] =>
  rows.map((row) => ({
    family: name,
    generation: row[1],
    mktapeName: row[0],
    mediaTypes: row[2],
    densityCode: row[3],
    organization,
    densityName: row[4],
    description: row[5],
    bitsPerMillimetre: row[6],
    tracks: row[7],
    width,
    length: row[8],
    nativeBytes: row[9] * 1e9,
    mamBytes: row[10],
    maxPartitions: row[11],
  }));

/** In the order in which `mktape -d` tries them: longer names before their beginnings. Blanks at the end of a density name belong to it. */
export const cartridgeTypes: readonly CartridgeType[] = [
  ...family('LTO', 'LTO-CVE', 127, [
    ['LTO10P', 10, [135, 136], 0x63, 'U1032P', 'Ultrium 10P/32T', 22441, 1, 1337, 40000, 32768, 4],
    [
      'LTO10',
      10,
      [100, 101, 102],
      0x62,
      'U1032A',
      'Ultrium 10/32T',
      21657,
      1,
      1035,
      30000,
      32768,
      4,
    ],
    ['LTO1', 1, [1, 2], 0x40, 'U-18  ', 'Ultrium 1/8T', 4880, 1, 384, 100, 4096, 1],
    ['LTO2', 2, [3, 4], 0x42, 'U-28  ', 'Ultrium 2/8T', 7398, 1, 512, 200, 4096, 1],
    ['LTO3', 3, [5, 6, 7], 0x44, 'U-316 ', 'Ultrium 3/16T', 9638, 1, 704, 400, 4096, 1],
    ['LTO4', 4, [8, 9, 10], 0x46, 'U-416 ', 'Ultrium 4/16T', 12725, 1, 896, 800, 4096, 1],
    ['LTO5', 5, [11, 12, 13], 0x58, 'U-516 ', 'Ultrium 5/16T', 15142, 1, 1280, 1500, 8192, 2],
    ['LTO6', 6, [14, 15, 16], 0x5a, 'U-616 ', 'Ultrium 6/16T', 18441, 1, 2176, 2500, 8192, 2],
    ['LTO7', 7, [17, 18, 19], 0x5c, 'U-732 ', 'Ultrium 7/32T', 19107, 1, 960, 6000, 8192, 4],
    ['LTO8', 8, [20, 21, 22], 0x5e, 'U-832 ', 'Ultrium 8/32T', 19107, 1, 960, 12000, 8192, 4],
    ['LTO9', 9, [23, 24, 25], 0x60, 'U-932 ', 'Ultrium 9/32T', 19107, 1, 960, 18000, 16384, 4],
    /* An LTO-7 cartridge that an LTO-8 drive initialised. */
    ['M8', 7, [103, 104], 0x5d, 'U-M832', 'Ultrium M8/32T', 19107, 1, 960, 9000, 8192, 4],
  ]),
  ...family('AIT', 'SONY', 80, [
    ['AIT1', 1, [35, 36], 0x30, 'AIT-1 ', 'AdvIntelligentTape1', 4567, 1, 384, 35, 8192, 1],
    ['AIT2', 2, [37, 38], 0x31, 'AIT-2 ', 'AdvIntelligentTape2', 6102, 1, 384, 50, 8192, 1],
    ['AIT3', 3, [39, 40], 0x32, 'AIT-3 ', 'AdvIntelligentTape3', 6102, 1, 384, 100, 8192, 1],
    ['AIT4', 4, [41, 42, 43], 0x33, 'AIT-4 ', 'AdvIntelligentTape4', 6102, 1, 384, 200, 8192, 1],
    ['AIT5', 5, [105, 106, 107], 0x34, 'AIT-5 ', 'AdvIntelligentTape5', 6102, 1, 246, 400, 8192, 1],
  ]),
  ...family('SAIT', 'SONY', 127, [
    ['SAIT1', 1, [108, 109, 110], 0x38, 'SAIT-1', 'SuperAIT1', 7400, 1, 600, 500, 8192, 1],
    ['SAIT2', 2, [111, 112, 113], 0x39, 'SAIT-2', 'SuperAIT2', 8200, 1, 640, 800, 8192, 1],
  ]),
  ...family('DLT', 'QUANTUM', 127, [
    ['DLTS4', 6, [68, 69, 70], 0x4b, 'DLT-S4', 'DLTtape S4', 13000, 1280, 640, 800, 8192, 1],
    ['DLTV4', 5, [114, 115, 116], 0x51, 'DLT-V4', 'DLTtape VS1', 9000, 640, 640, 160, 8192, 1],
    ['DLT2', 2, [53, 54], 0x17, 'DLT-II', 'CompacTape III', 1673, 112, 335, 6, 8192, 1],
    ['DLT3', 3, [55, 56], 0x19, 'DLT-III', 'DLTtape III', 2048, 1, 1024, 10, 8192, 1],
    ['DLT4', 4, [57, 58], 0x1b, 'DLT-IV', 'DLTtape IV', 2048, 1, 1024, 20, 8192, 1],
  ]),
  ...family('SDLT', 'QUANTUM', 127, [
    ['SDLT1', 1, [59, 60], 0x48, 'SDLT-1', 'SDLT I media', 133000, 1, 1024, 100, 8192, 1],
    ['SDLT220', 1, [61, 62], 0x48, 'SDLT220', 'SDLT I media', 133000, 1, 1024, 110, 8192, 1],
    ['SDLT320', 2, [63, 64], 0x49, 'SDLT320', 'SDLT I media', 190000, 1, 1024, 160, 8192, 1],
    ['SDLT600', 3, [65, 66, 67], 0x4a, 'SDLT600', 'SDLT II media', 233000, 1, 1024, 300, 8192, 1],
  ]),
  ...family('9840', 'STK', 127, [
    ['9840A', 1, [81, 82], 0x42, 'R-20', 'Raven 20 GB', 0, 288, 1024, 20, 8192, 1],
    ['9840B', 2, [83, 84], 0x42, 'R-20', 'Raven 20 GB', 0, 288, 1024, 20, 8192, 1],
    ['9840C', 3, [85, 86], 0x45, 'R-40', 'Raven 40 GB', 0, 288, 1024, 40, 8192, 1],
    ['9840D', 4, [87, 88], 0x46, 'R-75', 'Raven 75 GB', 0, 576, 1024, 75, 8192, 1],
  ]),
  ...family('9940', 'STK', 127, [
    ['9940A', 1, [89, 90], 0x43, 'P-60', 'PeakCapacity 60 GB', 0, 288, 1024, 60, 8192, 1],
    ['9940B', 2, [91, 92], 0x44, 'P-200', 'PeakCapacity 200 GB', 0, 576, 1024, 200, 8192, 1],
  ]),
  ...family('T10000', 'STK', 127, [
    ['T10KA', 1, [44, 45, 46], 0x4a, 'T10000A', 'STK T10KA media', 233000, 1, 1024, 500, 8192, 1],
    ['T10KB', 2, [47, 48, 49], 0x4b, 'T10000B', 'STK T10KB media', 233000, 1, 1024, 1000, 8192, 1],
    ['T10KC', 3, [50, 51, 52], 0x4c, 'T10000C', 'STK T10KC media', 233000, 1, 1024, 5000, 8192, 1],
    [
      'T10KD',
      4,
      [117, 118, 119],
      0x4d,
      'T10000D',
      'STK T10KD media',
      233000,
      1,
      1147,
      8500,
      8192,
      1,
    ],
  ]),
  ...family('DDS', 'HP', 127, [
    ['DDS1', 1, [71, 72], 0x13, 'DDS1', '4MM DDS-1 media', 233000, 1, 1024, 2, 8192, 1],
    ['DDS2', 2, [73, 74], 0x24, 'DDS2', '4MM DDS-2 media', 233000, 1, 1024, 4, 8192, 1],
    ['DDS3', 3, [75, 76], 0x25, 'DDS3', '4MM DDS-3 media', 233000, 1, 1024, 12, 8192, 1],
    ['DDS4', 4, [77, 78], 0x26, 'DDS4', '4MM DDS-4 media', 233000, 1, 1024, 20, 8192, 1],
    ['DDS5', 5, [79, 80], 0x47, 'DAT72', '4MM DAT 72 media', 6417, 1, 170, 36, 8192, 1],
    ['DAT160', 6, [120, 121], 0x48, 'DAT160', '8MM DAT 160 media', 6870, 1, 154, 80, 8192, 1],
    ['DAT320', 7, [122, 123], 0x49, 'DAT320', '8MM DAT 320 media', 8000, 1, 153, 160, 8192, 1],
  ]),
  ...family('3592', 'IBM', 127, [
    ['J1A', 1, [26, 27, 28], 0x51, '3592J1A', '3592 J1A media', 233000, 1, 1024, 300, 8192, 1],
    ['E05', 2, [29, 30], 0x52, '3592E05', '3592 E05 media', 233000, 1, 1024, 700, 8192, 1],
    ['E06', 3, [31, 32], 0x53, '3592E06', '3592 E06 media', 2048, 1, 1024, 1000, 8192, 1],
    ['E07', 4, [33, 34], 0x54, '3592E07', '3592 E07 media', 2048, 1, 1024, 4000, 8192, 4],
    [
      'E08',
      5,
      [124, 125, 126],
      0x55,
      '3592E08',
      '3592 E08 media',
      20670,
      5120,
      1072,
      10000,
      8192,
      4,
    ],
    [
      '55F',
      6,
      [127, 128, 129],
      0x56,
      '359255F',
      '3592 55F media',
      20670,
      7680,
      1072,
      15000,
      8192,
      4,
    ],
    [
      '60F',
      7,
      [130, 131, 132],
      0x57,
      '359260F',
      '3592 60F media',
      21850,
      8704,
      1072,
      20000,
      8192,
      4,
    ],
    ['70F', 8, [133, 134], 0x59, '359270F', '3592 70F media', 23000, 18944, 1337, 50000, 8192, 4],
  ]),
];

/** The type `mktape -d` means: the first whose name begins `density`, in upper and lower case as written. */
export const typeByMktapeName = (density: string): CartridgeType | undefined =>
  cartridgeTypes.find((type) => density.startsWith(type.mktapeName));

/** The type a number on disk stands for. */
export const typeByMediaType = (mediaType: number): CartridgeType | undefined =>
  cartridgeTypes.find((type) => type.mediaTypes.includes(mediaType));

/** What a cartridge on disk says of its density. */
export interface DensityMarks {
  readonly densityName: string;
  readonly description: string;
  readonly densityCode: number;
}

/** Numbers on disk that have meant the same in every release. */
const STABLE_MEDIA_TYPES = 16;

/**
 * The type of a cartridge on disk. The numbers above 16 have meant other types in other releases and upgrades
 * have copied them as they were. So of the types with the density name, else the description, else the density
 * code, it is the one of that number, or the first. A number that is alone is believed.
 */
export function identifyType(mediaType: number, marks: DensityMarks): CartridgeType | undefined {
  const byNumber = typeByMediaType(mediaType);
  const matches: ((type: CartridgeType) => boolean)[] = [
    (type) => type.densityName.trimEnd() === marks.densityName.trimEnd(),
    (type) => type.description === marks.description.trimEnd(),
  ];
  if (mediaType > STABLE_MEDIA_TYPES)
    matches.push((type) => type.densityCode === marks.densityCode);
  for (const matching of matches) {
    const found = cartridgeTypes.filter(matching);
    if (byNumber && found.includes(byNumber)) return byNumber;
    if (found[0]) return found[0];
  }
  return byNumber;
}
