// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers, addresses and names for new units that no other unit has.
import type { DriveConf, LibraryConf } from '../../config/device-conf.js';
import { effectiveNAA, formatNAA } from '../../config/identity.js';
import { Failure } from './failure.js';
import type { Units } from './units.js';

const HIGHEST_UNIT = 1023;
const HIGHEST_TARGET = 255;

type Unit = LibraryConf | DriveConf;
const all = ({ libraries, drives }: Units): Unit[] => [...libraries, ...drives];

/** The first number from `from` on that none of `taken` is. */
function firstFree(taken: readonly number[], from: number, to: number, what: string): number {
  const used = new Set(taken);
  for (let number = from; number <= to; number++) if (!used.has(number)) return number;
  throw new Failure(`There is no free ${what}`);
}

/** A number for a unit; near `from`, so that drives stand beside their library. */
export const freeUnit = (units: Units, from: number): number =>
  firstFree(
    all(units).map(({ unit }) => unit),
    from,
    HIGHEST_UNIT,
    'unit number',
  );

/** A TARGET of channel 0 on which nothing is. */
export const freeTarget = (units: Units): number =>
  firstFree(
    all(units)
      .filter(({ address }) => address.channel === 0)
      .map(({ address }) => address.target),
    0,
    HIGHEST_TARGET,
    'TARGET on channel 0',
  );

export const freeSlot = (units: Units, library: number): number =>
  firstFree(
    units.drives.flatMap(({ place }) => (place?.library === library ? [place.slot] : [])),
    1,
    HIGHEST_UNIT,
    'drive slot',
  );

/** A serial number: the library's and the slot, as the default configuration has it, or one of the unit. */
export function freeSerial(
  units: Units,
  unit: number,
  library?: LibraryConf,
  slot?: number,
): string {
  const taken = new Set(all(units).map(({ serial }) => serial));
  const candidates = [
    ...(library && slot ? [`${library.serial}${slot}`] : []),
    `XYZZY_${unit}`,
    `VTL${String(unit).padStart(6, '0')}`,
  ];
  const free = candidates.find((each) => each.length <= 10 && !taken.has(each));
  if (free === undefined) throw new Failure(`Give a serial number: --serial`);
  return free;
}

/** A world wide name no other unit reports. */
export function freeNAA(units: Units, unit: number, target: number): string {
  const taken = new Set(all(units).map(({ NAA }) => NAA));
  for (let try_ = 0xab; ; try_++) {
    const bytes = [0x50, unit >> 8, unit & 0xff, 0x44, try_ & 0xff, 0, target, 0];
    const candidate = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    if (!taken.has(effectiveNAA(candidate, ''))) return formatNAA(candidate);
  }
}
