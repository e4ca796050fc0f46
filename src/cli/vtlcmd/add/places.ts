// SPDX-License-Identifier: GPL-2.0-or-later
// New empty slots and MAPs behind the last.
import { elementsIn, withElement } from '../../../config/edit-text.js';
import type { ElementKind } from '../../../config/library-contents.js';
import { type Context, libraryOf } from '../arguments.js';
import { contentsOf, type NamedChange, reloadStep } from '../change.js';
import { currentContents } from '../current-contents.js';
import { readUnits } from '../units.js';

/** Slots or MAPs at the end. */
export async function addPlaces(
  kind: Extract<ElementKind, 'Slot' | 'MAP'>,
  count: number,
  number: number | undefined,
  { daemons }: Context,
): Promise<NamedChange> {
  const units = readUnits();
  const library = libraryOf(units, number).unit;
  let text = await currentContents(units, library, daemons);
  const last = Math.max(0, ...elementsIn(text, kind).map((line) => line.number));
  for (let i = 1; i <= count; i++) text = withElement(text, kind, last + i, undefined);
  return {
    texts: new Map([[contentsOf(units, library), text]]),
    steps: [reloadStep(daemons, library)],
    said: count === 1 ? `${kind} ${last + 1}` : `${kind} ${last + 1} to ${last + count}`,
  };
}
