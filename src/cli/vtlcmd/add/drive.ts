// SPDX-License-Identifier: GPL-2.0-or-later
// A new drive: its record in device.conf, its place in the library, its daemon.
import { withElement, withRecord } from '../../../config/edit-text.js';
import { driveProduct } from '../../../personality/drives.js';
import { type Context, libraryOf } from '../arguments.js';
import { type Change, readText, reloadStep } from '../change.js';
import { currentContents } from '../current-contents.js';
import { Failure } from '../failure.js';
import { freeNAA, freeSerial, freeSlot, freeTarget, freeUnit } from '../numbers.js';
import { defaultCompression, placeText, recordLines } from '../records.js';
import { startStep } from '../systemd.js';
import { contentsOf, readUnits, type Units } from '../units.js';

export interface DriveOptions {
  readonly library?: number;
  readonly alone?: true;
  readonly product: string;
  readonly vendor?: string;
  readonly slot?: number;
  readonly serial?: string;
}

/** The record of a new drive, and its place. */
export function driveRecord(units: Units, given: number | undefined, options: DriveOptions) {
  const library = options.alone ? undefined : libraryOf(units, options.library);
  const unit = given ?? freeUnit(units, library?.unit ?? 1);
  const slot = library && (options.slot ?? freeSlot(units, library.unit));
  const target = freeTarget(units);
  const vendor = options.vendor ?? driveProduct(options.product).vendor;
  if (vendor === '')
    throw new Failure(`The product ${options.product} is not known: say whose it is, --vendor`);
  const lines = recordLines({
    kind: 'Drive',
    unit,
    target,
    values: {
      place: library && slot ? placeText(library.unit, slot) : undefined,
      vendor,
      product: options.product,
      serial: options.serial ?? freeSerial(units, unit, library, slot),
      NAA: freeNAA(units, unit, target),
      ...defaultCompression,
    },
  });
  return { unit, library, slot, lines };
}

/** The last unit that belongs to a library, behind which another drive of it goes. */
const lastOf = ({ drives }: Units, library: number): number =>
  drives.filter(({ place }) => place?.library === library).at(-1)?.unit ?? library;

export async function addDrive(
  given: number | undefined,
  options: DriveOptions,
  { daemons, print }: Context,
): Promise<Change> {
  const units = readUnits();
  const { unit, library, slot, lines } = driveRecord(units, given, options);
  const after = library && lastOf(units, library.unit);
  const texts = new Map([[units.file, withRecord(readText(units.file), lines, after)]]);
  if (library && slot) {
    const text = await currentContents(units, library.unit, daemons);
    texts.set(contentsOf(units, library.unit), withElement(text, 'Drive', slot, undefined));
  }
  const steps = [startStep([{ kind: 'drive', unit }], print)];
  if (library) steps.push(reloadStep(daemons, library.unit));
  return { texts, steps, said: `added drive ${unit}` };
}
