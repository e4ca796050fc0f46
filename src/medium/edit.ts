// SPDX-License-Identifier: GPL-2.0-or-later
// Changes what a cartridge that no drive holds is: size, use, type, write protection.
import { type CartridgePlace, FORMAT, findCartridge } from './cartridge-files.js';
import { replaceFile } from './durable-files.js';
import { upgradeCartridge } from './upgrade.js';

/**
 * Runs `change` on the memory of the cartridge in `directory` and stores the result, when it returns. A cartridge in
 * an older format is upgraded then.
 * @throws whatever `change` throws; nothing was changed then
 * @throws MediumError
 */
export function editCartridge(directory: string, change: (place: CartridgePlace) => void): void {
  const place = findCartridge(directory);
  change(place);
  const { memory, current } = place;
  if (!current) upgradeCartridge(directory, place);
  replaceFile(directory, 'mam', memory.mam.toFile(FORMAT));
  replaceFile(directory, 'mhvtl_data', memory.privateData.serialise());
}
