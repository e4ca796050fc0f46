// SPDX-License-Identifier: GPL-2.0-or-later
// Library and drives start and end independently of each other: how they agree again on what is in a drive.
import type { MediaChanger } from '../smc/changer.js';
import { TransferFailure } from '../smc/data-transfer-device.js';
import { driveStarted, found } from '../smc/drive-contents.js';
import type { DataTransferElement, ElementMap } from '../smc/element.js';
import { RemoteDrive } from './library-drives.js';
import type { Log } from './log.js';

/** The elements of a library that have a drive. */
export const drivesIn = (
  changer: MediaChanger,
): { readonly element: DataTransferElement; readonly drive: RemoteDrive }[] =>
  changer.elements
    .of('data transfer')
    .flatMap((element) =>
      element.drive instanceof RemoteDrive ? [{ element, drive: element.drive }] : [],
    );

/** The library has started: drives that kept a cartridge keep it, and empty ones get what the library counts there. */
export async function askDrives(changer: MediaChanger, log: Log): Promise<void> {
  await Promise.all(
    drivesIn(changer).map(async ({ element, drive }) => {
      const held = await drive.holds();
      if (held === undefined) return;
      if (held === 'empty') return giveBack(changer, element, drive.unit, log);
      found(changer, held.barcode, element, held.ejected);
      log.notice(`drive ${drive.unit} holds ${held.barcode} from before the library started`, {
        barcode: held.barcode,
      });
    }),
  );
}

/** A drive has started: it gets the cartridge back that the library counts there. */
export async function giveBack(
  changer: MediaChanger,
  element: DataTransferElement,
  unit: number,
  log: Log,
): Promise<void> {
  const barcode = element.cartridge?.barcode;
  try {
    await driveStarted(changer, element);
    if (barcode !== undefined) log.notice(`drive ${unit} was started anew; it holds ${barcode}`);
  } catch (error) {
    if (!(error instanceof TransferFailure)) throw error;
    log.error(
      `drive ${unit} was started anew and did not take ${barcode} back (${error.message}): it has to be moved out of the drive and in again.`,
    );
  }
}

/**
 * library_contents was read again: cartridges in drives are there, and nowhere else.
 * @param before the elements that were
 * @param after those that are to be
 */
export function keepDrives(before: ElementMap, after: ElementMap): void {
  for (const { number, cartridge, ejected } of before.of('data transfer')) {
    const element = after.numbered('data transfer', number);
    if (!cartridge || !element) continue;
    const listed = after.holderOf(cartridge.barcode);
    if (listed) listed.cartridge = undefined;
    element.cartridge = { ...cartridge };
    if (listed?.type === 'storage') element.cartridge.sourceStorageElement = listed.address;
    element.ejected = ejected;
  }
}
