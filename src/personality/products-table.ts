// SPDX-License-Identifier: GPL-2.0-or-later
// The drive products there are and the cartridges they take, as a table for people and programs.
import { cartridgeTypes } from '../medium/cartridge-types.js';
import { type Acceptance, type DriveProduct, typeAcceptance } from '../ssc/drive-product.js';
import { defaultDrive } from './default-drive.js';
import { driveProducts } from './drives.js';

export interface ProductRow {
  readonly vendor: string;
  /** What `Product identification:` in device.conf may say; none for the product of all other names. */
  readonly products: readonly string[];
  readonly description: string;
  /** Cartridges by the name `mktape -d` has for them. */
  readonly writes: readonly string[];
  readonly readsOnly: readonly string[];
  /** Families whose cleaning cartridges it takes. */
  readonly cleanedBy: readonly string[];
  readonly WORM: boolean;
  readonly encryption: boolean;
  readonly partitions: number;
  readonly protection: readonly string[];
  /** Values of it that nothing confirms. */
  readonly unconfirmed: readonly string[];
}

const taken = (product: DriveProduct, wanted: Acceptance): string[] =>
  cartridgeTypes
    .filter((type) => typeAcceptance(product, type) === wanted)
    .map(({ mktapeName }) => mktapeName);

const row = (product: DriveProduct): ProductRow => ({
  vendor: product.vendor,
  products: product.products,
  description: product.description,
  writes: taken(product, 'read/write'),
  readsOnly: taken(product, 'read-only'),
  cleanedBy: product.cleanedBy,
  WORM: product.WORM,
  encryption: product.encryption !== undefined,
  partitions: product.maximumPartitions,
  protection: product.protectionMethods,
  unconfirmed: product.unconfirmed ?? [],
});

/** Every product; the last one stands for names that are not in the table. */
export const productRows: readonly ProductRow[] = [...driveProducts, defaultDrive].map(row);

const columns: readonly (readonly [title: string, cell: (row: ProductRow) => string])[] = [
  ['Vendor', ({ vendor }) => vendor],
  ['Product identification', ({ products }) => products.join(', ') || '(any other)'],
  ['Drive', ({ description }) => description],
  [
    'Reads and writes',
    ({ writes }) => (writes.length === cartridgeTypes.length ? 'all' : writes.join(' ')),
  ],
  ['Reads only', ({ readsOnly }) => readsOnly.join(' ')],
  ['WORM', ({ WORM }) => (WORM ? 'yes' : '')],
  ['Encryption', ({ encryption }) => (encryption ? 'yes' : '')],
  ['Partitions', ({ partitions }) => String(partitions)],
  ['Block protection', ({ protection }) => protection.join(', ')],
  ['Not confirmed', ({ unconfirmed }) => unconfirmed.join(', ')],
];

/** The table as lines of text; columns are separated by two blanks. */
export function productsText(): string {
  const lines = [
    columns.map(([title]) => title),
    ...productRows.map((each) => columns.map(([, cell]) => cell(each))),
  ];
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => cells[i]!.length)));
  return lines
    .map((cells) =>
      cells
        .map((text, i) => text.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The table in Markdown, as docs/products.md has it. */
export function productsMarkdown(): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [
    line(columns.map(([title]) => title)),
    line(columns.map(() => '---')),
    ...productRows.map((each) => line(columns.map(([, cell]) => cell(each)))),
  ];
  return `# Drives and their cartridges

Made by \`mhvtl-products --markdown\`; a test compares. A drive is chosen by the \`Product identification\` of its record
in device.conf, exactly as written here; the vendor plays no part. Cartridges have the names \`mktape -d\` takes.
Everything that is not named is refused: the drive sets TapeAlert flag 12, unsupported format. A cleaning cartridge
cleans every drive of its family; a firmware cartridge is for the drives of its own generation, which put it out when
they are done.

What drives say of themselves is what real ones say, by captures, standards and their makers' manuals. Where nothing of that
kind could be found for a value, the last column names it: software that looks at it may see something else in a real drive.

${table.join('\n')}
`;
}
