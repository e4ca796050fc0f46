// SPDX-License-Identifier: GPL-2.0-or-later
// New empty slots and MAPs behind the last.
import { elementsIn, withElements } from '../../../config/edit-text.js';
import { type ElementKind, elementTypes } from '../../../config/library-contents.js';
import { libraryProduct } from '../../../personality/libraries.js';
import { roomIn } from '../../../personality/library.js';
import { type Context, libraryOf } from '../arguments.js';
import { type Change, reloadStep } from '../change.js';
import { currentContents } from '../current-contents.js';
import { Failure } from '../failure.js';
import { contentsOf, readUnits } from '../units.js';

/** Slots or MAPs at the end. */
export async function addPlaces(
  kind: Extract<ElementKind, 'Slot' | 'MAP'>,
  count: number,
  number: number | undefined,
  { daemons }: Context,
): Promise<Change> {
  const units = readUnits();
  const { unit, vendor, product } = libraryOf(units, number);
  const text = await currentContents(units, unit, daemons);
  const last = Math.max(0, ...elementsIn(text, kind).map((line) => line.number));
  const traits = libraryProduct(vendor, product);
  const room = roomIn(traits, elementTypes[kind]);
  if (last + count > room)
    throw new Failure(
      `${traits.description}, which library ${unit} is, has addresses for ${room} of kind ${kind}; ${last} are there`,
    );
  const added = Array.from({ length: count }, (_, i) => last + 1 + i);
  return {
    texts: new Map([[contentsOf(units, unit), withElements(text, kind, added)]]),
    steps: [reloadStep(daemons, unit)],
    said: `added ${kind} ${last + 1}${count === 1 ? '' : ` to ${last + count}`}`,
  };
}
