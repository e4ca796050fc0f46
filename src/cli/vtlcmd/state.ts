// SPDX-License-Identifier: GPL-2.0-or-later
// What all units are doing: asked of their daemons at once, completed from device.conf.
import type { Daemons } from './daemons.js';
import { Failure } from './failure.js';
import type { Units } from './units.js';

/** What a daemon tells, or that none answers. */
export interface UnitState {
  readonly unit: number;
  readonly kind: 'library' | 'drive';
  readonly vendor: string;
  readonly product: string;
  readonly serial: string;
  /** `no daemon` when nobody answers; `unknown` for one of mhvtl 1.8. */
  readonly state: string;
  readonly library?: number;
  readonly slot?: number;
  readonly barcode?: string;
  readonly density?: string;
  readonly writable?: boolean;
  readonly position?: number;
  readonly capacity?: number;
  readonly used?: number;
  readonly bytesWritten?: number;
  readonly bytesRead?: number;
  readonly alerts?: string;
  readonly faults?: number;
  readonly slots?: number;
  readonly cartridges?: number;
  readonly mapOpen?: boolean;
  readonly moves?: number;
}

type Known = Omit<UnitState, 'state'>;

/** The units of device.conf: each library, then its drives by slot, then drives that stand alone. */
export function known({ libraries, drives }: Units): Known[] {
  const bySlot = [...drives].sort((a, b) => (a.place?.slot ?? 0) - (b.place?.slot ?? 0));
  const drive = ({ unit, vendor, product, serial, place }: (typeof drives)[number]): Known => ({
    unit,
    kind: 'drive',
    vendor,
    product,
    serial,
    ...place,
  });
  return [
    ...libraries.flatMap(({ unit, vendor, product, serial }): Known[] => [
      { unit, kind: 'library', vendor, product, serial },
      ...bySlot.filter(({ place }) => place?.library === unit).map(drive),
    ]),
    ...bySlot.filter(({ place }) => place === undefined).map(drive),
  ];
}

async function stateOf(about: Known, daemons: Daemons): Promise<UnitState> {
  try {
    const outcome = await daemons.ask(about.unit, 'status ');
    if (outcome.kind !== 'done' || !outcome.text.startsWith('{'))
      return { ...about, state: 'unknown' };
    return { ...about, ...(JSON.parse(outcome.text) as UnitState) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...about, state: 'no daemon' };
  }
}

/** The state of units. @param which their numbers; all if left out */
export const statesOf = (
  units: Units,
  daemons: Daemons,
  which?: readonly number[],
): Promise<UnitState[]> =>
  Promise.all(
    known(units)
      .filter(({ unit }) => which === undefined || which.includes(unit))
      .map((each) => stateOf(each, daemons)),
  );
