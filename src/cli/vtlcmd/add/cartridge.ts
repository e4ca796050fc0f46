// SPDX-License-Identifier: GPL-2.0-or-later
// A new cartridge: its files, and the slot it is in.
import { elementsIn, withElement } from '../../../config/edit-text.js';
import { type Context, libraryOf } from '../arguments.js';
import { assertBarcode, defaultSize, makeCartridge } from '../cartridges.js';
import { type Change, reloadStep } from '../change.js';
import { currentContents } from '../current-contents.js';
import { Failure } from '../failure.js';
import { contentsOf, readUnits } from '../units.js';

export interface CartridgeOptions {
  readonly library?: number;
  readonly slot?: number;
  readonly size?: number;
}

export async function addCartridge(
  barcode: string,
  options: CartridgeOptions,
  { daemons }: Context,
): Promise<Change> {
  const units = readUnits();
  const library = libraryOf(units, options.library);
  const text = await currentContents(units, library.unit, daemons);
  const empty = elementsIn(text, 'Slot').flatMap(({ number, content }) => (content ? [] : number));
  const slot = options.slot ?? empty[0];
  if (slot === undefined)
    throw new Failure(`Library ${library.unit} has no empty slot: vtlcmd add slot`);
  if (!empty.includes(slot)) throw new Failure(`Slot ${slot} is not there or not empty`);
  assertBarcode(barcode);
  return {
    texts: new Map([[contentsOf(units, library.unit), withElement(text, 'Slot', slot, barcode)]]),
    before: [
      {
        what: `make ${library.homeDirectory}/${barcode}`,
        run: () =>
          makeCartridge(library.homeDirectory, barcode, options.size ?? defaultSize(units)),
      },
    ],
    steps: [reloadStep(daemons, library.unit)],
    said: `added ${barcode} in Slot ${slot}`,
  };
}
