// SPDX-License-Identifier: GPL-2.0-or-later
// Where a drive finds the cartridges that are put into it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BARCODE, MAX_BARCODE_LENGTH } from '../config/barcode.js';
import type { DriveConf } from '../config/device-conf.js';
import type { Configuration } from '../config/load.js';
import { openCartridge } from '../medium/file-volume.js';
import type { CartridgeSource } from '../ssc/cartridge-source.js';

/** The directories a drive's cartridges can be in: its library's home, then the common one. */
export function cartridgeHomes(drive: DriveConf, configuration: Configuration): string[] {
  const library = configuration.libraries.find(({ unit }) => unit === drive.place?.library);
  const homes = [library?.homeDirectory, configuration.settings.homePath];
  return [...new Set(homes.filter((home) => home !== undefined))];
}

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
  const directory = homes.map((home) => join(home, barcode)).find((path) => existsSync(path));
  return directory === undefined
    ? undefined
    : { barcode, open: () => openCartridge(directory, { holder }) };
}
