// SPDX-License-Identifier: GPL-2.0-or-later
// A product's own page in the place of the one it would have.

/** A list of pages with one exchanged for the product's own. */
export const replacePage = <P>(pages: readonly P[], page: P, by: P): P[] =>
  pages.map((each) => (each === page ? by : each));
