// SPDX-License-Identifier: GPL-2.0-or-later
// The places of a running library and what is in them.
import type { Daemons } from './daemons.js';
import { Failure } from './failure.js';
import { allLines } from './pages.js';

/** One place of a library. */
export interface Place {
  readonly address: number;
  /** As in library_contents: Slot, MAP, Drive, Picker. */
  readonly kind: string;
  readonly number: number;
  readonly barcode: string | undefined;
}

function placeOf(line: string): Place {
  const [address, kind, number, barcode] = line.split(' ');
  return {
    address: Number(address),
    kind: kind!,
    number: Number(number),
    barcode: barcode === '-' ? undefined : barcode,
  };
}

/** Every place of a library. @throws Failure */
export const placesOf = async (daemons: Daemons, library: number): Promise<Place[]> =>
  (await allLines(daemons, library, 'inventory', undefined)).map(placeOf);

/** `slot:1`, as units are told it. */
export const placeWord = ({ kind, number }: Pick<Place, 'kind' | 'number'>): string =>
  `${kind.toLowerCase()}:${number}`;

/** Where a cartridge is. @throws Failure when it is not in the library */
export function holderOf(places: readonly Place[], barcode: string, library: number): Place {
  const found = places.find((place) => place.barcode === barcode);
  if (found) return found;
  throw new Failure(
    `${barcode} is not in library ${library}. To put it in: vtlcmd add cartridge ${barcode}, or through the MAP: vtlcmd ${library} open map`,
  );
}
