// SPDX-License-Identifier: GPL-2.0-or-later
// The library products there are. A new one is a line here, or in the file of its maker, before those that match more.
import { defaultLibrary } from './default-library.js';
import { hpLibraries } from './hp-libraries.js';
import { ibmLibraries } from './ibm-libraries.js';
import type { LibraryProduct } from './library.js';
import { overlandNeo } from './overland-neo.js';
import { scalarLibraries } from './scalar-libraries.js';
import { spectraLibraries } from './spectra-libraries.js';
import { stkLibraries, sunLibraries } from './stk-libraries.js';

export const libraryProducts: readonly LibraryProduct[] = [
  ...stkLibraries,
  ...ibmLibraries,
  ...hpLibraries,
  ...spectraLibraries,
  ...overlandNeo,
  ...scalarLibraries,
  ...sunLibraries,
];

const begins = (text: string, beginning: string): boolean =>
  text.toLowerCase().startsWith(beginning.toLowerCase());

/** The product of a vendor and product identification as device.conf gives them, or the default one. */
export const libraryProduct = (vendor: string, product: string): LibraryProduct =>
  libraryProducts.find((each) => begins(vendor, each.vendor) && begins(product, each.product)) ??
  defaultLibrary;
