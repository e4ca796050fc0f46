// SPDX-License-Identifier: GPL-2.0-or-later
// Changes what a cartridge that no drive holds is: size, use, type, write protection.
import { type CartridgePlace, FORMAT, findCartridge } from './cartridge-files.js';
import { replaceFile } from './durable-files.js';
import { upgradeCartridge } from './upgrade.js';

/**
 * Runs `change` on the memory of the cartridge in `directory` and stores the result, when it returns. A cartridge in
 * an older format is upgraded then. Returns what `change` did, when all is on stable storage.
 * @throws whatever `change` throws; nothing was changed then
 * @throws MediumError
 */
export function editCartridge<T>(directory: string, change: (place: CartridgePlace) => T): T {
  const place = findCartridge(directory);
  const changed = change(place);
  const { memory, current } = place;
  if (!current) upgradeCartridge(directory, place);
  replaceFile(directory, 'mam', memory.mam.toFile(FORMAT));
  replaceFile(directory, 'mhvtl_data', memory.privateData.serialise());
  return changed;
}
