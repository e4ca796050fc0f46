// SPDX-License-Identifier: GPL-2.0-or-later
// Cartridges of a library that none of its drives takes: nothing is wrong until somebody loads one.
import { mediumFromBarcode } from '../../config/barcode.js';
import type { DriveConf } from '../../config/device-conf.js';
import { type Configuration, contentsFiles } from '../../config/load.js';
import { complaintsAbout, type Problem, WHOLE_FILE } from '../../config/problem.js';
import { typeByMktapeName } from '../../medium/cartridge-types.js';
import { driveProduct } from '../../personality/drives.js';
import { typeAcceptance } from '../../ssc/drive-product.js';

/** Whether a drive takes data cartridges of a kind; unknown kinds are left to those who look at them. */
function takes({ product }: DriveConf, density: string): boolean {
  const type = typeByMktapeName(density);
  return type === undefined || typeAcceptance(driveProduct(product), type) !== 'refused';
}

/** Barcodes by the kind of cartridge they stand for; those that stand for none are left out. */
function byKind(barcodes: readonly string[]): Map<string, string[]> {
  const kinds = new Map<string, string[]>();
  for (const barcode of barcodes) {
    const kind = mediumFromBarcode(barcode);
    if (kind) kinds.set(kind.density, [...(kinds.get(kind.density) ?? []), barcode]);
  }
  return kinds;
}

/** A warning for each kind of cartridge in a library that no drive of it takes. */
export function checkCartridges({
  directory,
  drives,
  contents,
}: Pick<Configuration, 'directory' | 'drives' | 'contents'>): Problem[] {
  return [...contents].flatMap(([library, { Slot, MAP }]) => {
    const own = drives.filter(({ place }) => place?.library === library);
    const complaints = complaintsAbout(contentsFiles(directory, library).base);
    if (own.length === 0) return [];
    const barcodes = [...Slot, ...MAP].flatMap(({ content }) => content ?? []);
    for (const [density, found] of byKind(barcodes))
      if (!own.some((drive) => takes(drive, density)))
        complaints.warning(
          WHOLE_FILE,
          `no drive of library ${library} takes ${density} cartridges, as ${found[0]} is${found.length > 1 ? `, and ${found.length - 1} more` : ''}`,
          `Its drives are ${[...new Set(own.map(({ product }) => product))].join(', ')}. Add a drive that takes them, or take them out; "vtlcmd products" lists what takes what.`,
        );
    return complaints.list;
  });
}
