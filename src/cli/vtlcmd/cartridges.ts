// SPDX-License-Identifier: GPL-2.0-or-later
// Makes the cartridges that are added to a library.
import { BARCODE, MAX_BARCODE_LENGTH, mediumFromBarcode } from '../../config/barcode.js';
import { typeByMktapeName } from '../../medium/cartridge-types.js';
import { MIB, makeDirectory, makeTape, useOf } from '../tape/new-tape.js';
import { Failure } from './failure.js';
import type { Units } from './units.js';

/** @throws Failure when a barcode cannot be one, or does not say what kind of cartridge it is on */
export function assertBarcode(barcode: string): void {
  if (!BARCODE.test(barcode) || barcode.length > MAX_BARCODE_LENGTH)
    throw new Failure(
      `"${barcode}" is no barcode: at most ${MAX_BARCODE_LENGTH} letters, digits and any of $ % + - . _`,
    );
  if (!mediumFromBarcode(barcode))
    throw new Failure(
      `"${barcode}" does not say what cartridge it is: it ends in none of the suffixes of library_contents(5), as L9. Make it with mktape first.`,
    );
}

/** Makes a cartridge where there is none. @param megabytes as CAPACITY of mhvtl.conf; 0: native */
export function makeCartridge(home: string, barcode: string, megabytes: number): void {
  const kind = mediumFromBarcode(barcode)!;
  const density = typeByMktapeName(kind.density)!;
  makeDirectory(home);
  makeTape({ home, barcode, density, type: useOf[kind.type], size: megabytes * MIB });
}

/** Megabytes a new cartridge holds unless something is said. */
export const defaultSize = ({ settings }: Units): number => settings.capacity;
