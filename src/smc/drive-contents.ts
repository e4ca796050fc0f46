// SPDX-License-Identifier: GPL-2.0-or-later
// Library and drives agree on what is in a drive, whoever of them was started, or emptied, behind the other's back.
import type { MediaChanger } from './changer.js';
import type { DataTransferElement } from './element.js';
import { notThreaded, settle } from './moves.js';

/** A drive has let its cartridge go by itself (LOAD UNLOAD): the picker can reach it now. */
export function driveEjected(changer: MediaChanger, element: DataTransferElement): void {
  if (!element.cartridge) return;
  element.ejected = true;
  changer.positionsChanged();
}

/** A drive holds a cartridge, whatever the library thought: it is there, wherever it was expected. */
export function found(
  changer: MediaChanger,
  barcode: string,
  to: DataTransferElement,
  ejected = false,
): void {
  const from = changer.elements.holderOf(barcode);
  if (from === to && to.ejected === ejected) return;
  if (from !== to) {
    changer.alert('library inventory');
    putAway(changer, to);
    if (from?.cartridge) settle([{ cartridge: from.cartridge, from, to }]);
    else to.cartridge = changer.admit(barcode);
  }
  to.ejected = ejected;
  to.exception = undefined;
  changer.positionsChanged();
}

/** A drive turned out to hold another cartridge: the one it was thought to hold is in its slot, or a free one. */
function putAway({ elements }: MediaChanger, element: DataTransferElement): void {
  const { cartridge } = element;
  if (!cartridge) return;
  element.cartridge = undefined;
  const free = elements.of('storage').filter((each) => !each.cartridge);
  const home = free.find(({ address }) => address === cartridge.sourceStorageElement);
  const slot = home ?? free[0];
  if (slot) slot.cartridge = cartridge;
}

/**
 * A drive was started anew, and is empty: it gets the cartridge back that the library counts there. If it does not
 * take it, the cartridge stays in its mouth, within reach of the picker.
 * @throws TransferFailure in that case
 */
export async function driveStarted(
  changer: MediaChanger,
  element: DataTransferElement,
): Promise<void> {
  const { cartridge, drive, ejected } = element;
  element.exception = undefined;
  if (!cartridge || !drive || ejected) return;
  try {
    await drive.load(cartridge.barcode);
  } catch (error) {
    notThreaded(element);
    changer.positionsChanged();
    throw error;
  }
}
