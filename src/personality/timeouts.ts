// SPDX-License-Identifier: GPL-2.0-or-later
// The timeouts makers recommend, as LTFS knows them (ibm_tape.c, hp_tape.c).
import type { RecommendedTimeouts } from '../ssc/command-timeouts.js';

type Row = readonly [
  erase: number,
  format: number,
  load: number,
  locate: number,
  read: number,
  rewind: number,
  diagnostic: number,
  space: number,
  verify: number,
  write: number,
  writeFilemarks: number,
];

type Rest = Pick<RecommendedTimeouts, 'setCapacity' | 'readBuffer' | 'writeBuffer' | 'other'>;

const timeouts = (rest: Rest, row: Row): RecommendedTimeouts => {
  const [erase, format, load, locate, read, rewind, diagnostic] = row;
  const [space, verify, write, writeFilemarks] = row.slice(7) as [number, number, number, number];
  const moving = { load, locate, rewind, space };
  return { ...rest, ...moving, erase, format, read, diagnostic, verify, write, writeFilemarks };
};

const ultrium: Rest = { setCapacity: 780, readBuffer: 480, writeBuffer: 540, other: 60 };
/* HP's own drives. */
const hp: Rest = { ...ultrium, readBuffer: 60, writeBuffer: 60 };
const enterprise: Rest = { setCapacity: 300, readBuffer: 480, writeBuffer: 540, other: 60 };

/** Rows of GA32-0928, tables 414 and 415, which count minutes. */
const minutes = (...row: Row): RecommendedTimeouts =>
  timeouts(ultrium, row.map((each) => 60 * each) as unknown as Row);

export const ibmLtoTimeouts = {
  1: minutes(204, 173, 11, 173, 18, 8, 29, 173, 18, 18, 15),
  2: minutes(151, 151, 12, 151, 18, 8, 35, 151, 18, 18, 15),
  3: minutes(134, 140, 8, 140, 17, 9, 34, 140, 17, 18, 17),
  4: minutes(180, 183, 8, 183, 22, 9, 35, 183, 22, 23, 22),
  5: timeouts(ultrium, [16380, 1560, 780, 2040, 1500, 600, 2100, 2040, 16920, 1500, 1620]),
  6: timeouts(ultrium, [24600, 3000, 780, 2940, 1500, 600, 2100, 2040, 25200, 1500, 1620]),
  7: timeouts(ultrium, [27540, 3000, 960, 2880, 2280, 600, 1980, 2880, 28860, 1500, 1620]),
  8: timeouts(ultrium, [54896, 3000, 960, 2880, 2280, 600, 1980, 2880, 47700, 1500, 1620]),
  9: timeouts(ultrium, [74341, 3000, 960, 2940, 2340, 600, 1980, 2940, 63300, 1500, 1620]),
  /* Erasing is as long as verifying; the 16320 s of LTFS are shorter than writing the tape. */
  10: timeouts(ultrium, [104880, 3180, 780, 2940, 2340, 600, 1980, 2940, 104880, 1500, 1620]),
} as const;

/* A sixth generation has those of the fifth; later ones are IBM's, who builds the drives. */
export const hpeLtoTimeouts = {
  5: timeouts(hp, [18000, 1560, 600, 1200, 1200, 600, 600, 1200, 18000, 300, 300]),
  7: timeouts(ultrium, [29400, 3000, 1020, 2700, 1920, 780, 1980, 2700, 28860, 1920, 1920]),
  8: timeouts(ultrium, [53040, 3000, 840, 2940, 2340, 660, 1980, 2940, 53040, 1680, 1680]),
} as const;

export const enterpriseTimeouts = {
  TS1140: timeouts(enterprise, [36900, 3000, 720, 2000, 2100, 480, 2100, 2000, 38100, 1200, 1100]),
  TS1150: timeouts(enterprise, [45800, 3100, 900, 2300, 2400, 560, 2100, 2300, 46700, 1500, 1400]),
  TS1155: timeouts(enterprise, [68000, 3100, 900, 2300, 2400, 560, 2100, 2300, 68900, 1500, 1400]),
  TS1160: timeouts(enterprise, [64860, 3060, 900, 2280, 2340, 600, 2100, 2380, 65820, 1440, 1380]),
  TS1170: timeouts(
    enterprise,
    [175900, 3120, 900, 2280, 2340, 600, 2100, 2280, 176820, 1440, 1380],
  ),
} as const;
