// SPDX-License-Identifier: GPL-2.0-or-later
// Where a drive finds the cartridges that are put into it.
import { BARCODE, MAX_BARCODE_LENGTH } from '../config/barcode.js';
import { openCartridge } from '../medium/file-volume.js';
import { cartridgeDirectory } from '../medium/homes.js';
import type { CartridgeSource } from '../ssc/cartridge-source.js';

/**
 * The cartridge with a barcode, not opened yet; undefined when no home has it.
 * A barcode comes from whoever can write to the message queue: what cannot be one is no path either.
 */
export function findCartridge(
  homes: readonly string[],
  barcode: string,
  holder: string,
): CartridgeSource | undefined {
  if (barcode.length > MAX_BARCODE_LENGTH || !BARCODE.test(barcode)) return undefined;
  const directory = cartridgeDirectory(homes, barcode);
  return directory === undefined
    ? undefined
    : { barcode, open: () => openCartridge(directory, { holder }) };
}
