// SPDX-License-Identifier: GPL-2.0-or-later
// What several commands of vtlcmd are told: numbers, and the library that is meant.
import { InvalidArgumentError } from 'commander';
import type { LibraryConf } from '../../config/device-conf.js';
import type { Daemons } from './daemons.js';
import { Failure } from './failure.js';
import type { Units } from './units.js';

/** What commands of vtlcmd work with. */
export interface Context {
  readonly daemons: Daemons;
  print(text: string): void;
}

/** Reads a number of an option or argument. */
const numberUpTo =
  (least: number, most: number) =>
  (text: string): number => {
    if (!/^\d{1,15}$/.test(text) || Number(text) < least || Number(text) > most)
      throw new InvalidArgumentError(`It is a number from ${least} to ${most}.`);
    return Number(text);
  };

/** Units, elements and how many there are of something: element addresses have 16 bits. */
const MOST = 65_535;
export const wholeNumber = numberUpTo(0, MOST);
export const atLeastOne = numberUpTo(1, MOST);
/** Capacities of cartridges, up to a petabyte. */
export const megabytes = numberUpTo(1, 1_000_000_000);

/** The library of a number, or the only one. @throws Failure */
export function libraryOf(units: Units, number: number | undefined): LibraryConf {
  const { libraries, file } = units;
  const found =
    number === undefined && libraries.length === 1
      ? libraries[0]
      : libraries.find(({ unit }) => unit === number);
  if (found) return found;
  const known = libraries.map(({ unit }) => unit).join(', ') || 'none';
  throw new Failure(
    number === undefined
      ? `Say which library: --library. There are: ${known}`
      : `There is no library ${number} in ${file}. There are: ${known}`,
  );
}
