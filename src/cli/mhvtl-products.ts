// SPDX-License-Identifier: GPL-2.0-or-later
// mhvtl-products: prints the drive products there are and the cartridges they take.
import { Command } from 'commander';
import { productRows, productsMarkdown, productsText } from '../personality/products-table.js';
import { version } from '../version.js';

interface Options {
  readonly json?: true;
  readonly markdown?: true;
}

const { json, markdown } = new Command('mhvtl-products')
  .description('Prints the drives there are, and which cartridges they take.')
  .option('--json', 'as JSON, one object for each drive')
  .option('--markdown', 'as the page docs/products.md')
  .version(version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print this')
  .allowExcessArguments(false)
  .parse()
  .opts<Options>();

if (json) process.stdout.write(`${JSON.stringify(productRows, undefined, 2)}\n`);
else process.stdout.write(markdown ? productsMarkdown() : `${productsText()}\n`);
