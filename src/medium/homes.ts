// SPDX-License-Identifier: GPL-2.0-or-later
// Where cartridges lie: each in a directory of its barcode, in one of several homes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The directory of a cartridge: that in the first home that has one. @param barcode has been checked: it is no path */
export const cartridgeDirectory = (homes: readonly string[], barcode: string): string | undefined =>
  homes.map((home) => join(home, barcode)).find((path) => existsSync(path));
