// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd products`: what Product identification of device.conf can be, and the presets of libraries.
import type { Command } from 'commander';
import { productRows, productsText } from '../../personality/products-table.js';
import { presets } from './presets.js';
import { table } from './table.js';

const presetsText = (): string =>
  table(
    ['PRESET', 'LIBRARY', 'DRIVES', 'BARCODES'],
    Object.entries(presets).map(([name, { vendor, product, drive, suffix }]) => [
      name,
      `${vendor} ${product}`,
      drive,
      `...${suffix}`,
    ]),
  );

export function addProducts(program: Command, print: (text: string) => void): void {
  program
    .command('products')
    .description(
      'list the drives there are with the cartridges they take, and presets of libraries',
    )
    .option('--json', 'for programs')
    .action(({ json }: { json?: true }) =>
      print(
        json
          ? JSON.stringify({ drives: productRows, presets }, null, 2)
          : `${productsText()}\n\n${presetsText()}`,
      ),
    );
}
