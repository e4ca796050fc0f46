// SPDX-License-Identifier: GPL-2.0-or-later
// Which library a drive is in, and at which element address, from device.conf.
import type { DriveConf, LibraryConf } from '../config/device-conf.js';
import { libraryProduct } from '../personality/libraries.js';
import type { Automation } from '../ssc/drive-options.js';

/** Undefined for a drive that is in no library, or in one that is not configured. */
export function automationOf(
  { place }: Pick<DriveConf, 'place'>,
  libraries: readonly LibraryConf[],
): Automation | undefined {
  const library = libraries.find(({ unit }) => unit === place?.library);
  if (!place || !library) return undefined;
  const { firstAddress } = libraryProduct(library.vendor, library.product);
  return { serial: library.serial, elementAddress: firstAddress['data transfer'] + place.slot - 1 };
}
