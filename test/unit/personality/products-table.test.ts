// SPDX-License-Identifier: GPL-2.0-or-later
// The table of products: docs/products.md is what the program prints.
import { readFileSync } from 'node:fs';
import t from 'tap';
import {
  productRows,
  productsMarkdown,
  productsText,
} from '../../../src/personality/products-table.js';

t.test('docs/products.md is current', async (t) => {
  const page = readFileSync(new URL('../../../docs/products.md', import.meta.url), 'utf8');
  t.ok(page === productsMarkdown(), 'make it anew: mhvtl-products --markdown > docs/products.md');
});

t.test('rows', async (t) => {
  const lto7 = productRows.find(({ products }) => products.includes('ULT3580-TD7'));
  t.match(lto7, { vendor: 'IBM', writes: ['LTO6', 'LTO7'], readsOnly: ['LTO5'], partitions: 4 });
  t.same(productRows.at(-1)?.products, []);
  t.equal(productsText().split('\n').length, productRows.length + 1, 'a line for each');
});
