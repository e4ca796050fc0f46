// SPDX-License-Identifier: GPL-2.0-or-later
// The elements of a library: what library_contents lists, with the drives device.conf puts in.
import type { ElementKind, LibraryContents, LibraryElement } from '../config/library-contents.js';
import type { ElementPlan, ElementPlans, ElementType } from '../smc/element.js';
import type { RemoteDrive } from './library-drives.js';

/** The words of library_contents, which people know, for T10's. */
export const wordFor: Readonly<Record<ElementType, ElementKind>> = {
  'medium transport': 'Picker',
  storage: 'Slot',
  'import/export': 'MAP',
  'data transfer': 'Drive',
};

const withCartridge = ({ number, content }: LibraryElement): ElementPlan => ({
  number,
  barcode: content,
});

/**
 * @param drives by drive slot, counted from 1. There is a place for each, and for those in between, whether
 *   library_contents has a line for it or not
 */
export function elementPlans(
  contents: LibraryContents,
  drives: ReadonlyMap<number, RemoteDrive>,
): ElementPlans {
  const places = Math.max(contents.Drive.length, ...drives.keys());
  return {
    'medium transport': contents.Picker.map(withCartridge),
    storage: contents.Slot.map(withCartridge),
    'import/export': contents.MAP.map(withCartridge),
    'data transfer': Array.from({ length: places }, (_, i) => ({
      number: i + 1,
      drive: drives.get(i + 1),
    })),
  };
}
