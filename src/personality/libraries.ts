// SPDX-License-Identifier: GPL-2.0-or-later
// The library products there are. A new one is its file and a line here, before those that match more.
import { defaultLibrary } from './default-library.js';
import type { LibraryProduct } from './library.js';
import { stkL700 } from './stk-l700.js';

export const libraryProducts: readonly LibraryProduct[] = [stkL700];

const begins = (text: string, beginning: string): boolean =>
  text.toLowerCase().startsWith(beginning.toLowerCase());

/** The product of a vendor and product identification as device.conf gives them, or the default one. */
export const libraryProduct = (vendor: string, product: string): LibraryProduct =>
  libraryProducts.find((each) => begins(vendor, each.vendor) && begins(product, each.product)) ??
  defaultLibrary;
