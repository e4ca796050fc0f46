// SPDX-License-Identifier: GPL-2.0-or-later
// A cartridge becomes the mounted volume: opened, looked at, taken or refused.
import { MediumError, type Use, type Volume } from '../medium/volume.js';
import { type CartridgeSource, LoadError } from './cartridge-source.js';
import { acceptance, nativeDensity } from './drive-product.js';
import type { TapeAlert } from './tape-alerts.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/** Why a cartridge could not be opened or mounted, as the drive's refusal. */
function refusal(cause: unknown): LoadError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const inUse = cause instanceof MediumError && cause.fault === 'in use';
  return new LoadError(inUse ? 'in use' : 'unreadable', message, { cause });
}

async function open(cartridge: CartridgeSource): Promise<Volume> {
  try {
    return await cartridge.open();
  } catch (cause) {
    throw refusal(cause);
  }
}

/** The memory of the cartridge takes note; one that cannot do that is let go. */
async function note(volume: Volume, drive: TapeDrive): Promise<{ readonly dirty: boolean }> {
  try {
    return await volume.mount(drive.identity);
  } catch (cause) {
    await volume.close();
    throw refusal(cause);
  }
}

/** TapeAlert flags of a cartridge that is not taken, by what it is for. */
const refusalAlerts: Partial<Record<Use, TapeAlert>> = {
  cleaning: 'invalid cleaning tape',
  firmware: 'download failure',
};

/** What is not there to be written anyway. */
const noMedium: readonly Use[] = ['cleaning', 'firmware'];

/**
 * Mounts the volume of a cartridge the product takes, and raises the TapeAlert flags that belong to it.
 * @throws LoadError with the reason
 */
export async function mount(drive: TapeDrive, cartridge: CartridgeSource): Promise<Mounted> {
  const { alerts, identity, product } = drive;
  alerts.cartridgeChanges();
  const volume = await open(cartridge);
  const access = acceptance(product, volume);
  if (access === 'refused') {
    await volume.close();
    drive.count('refusedCartridges');
    drive.statistics.mark('bytesMovedAtRefusal');
    alerts.set(refusalAlerts[volume.use] ?? 'unsupported format');
    throw new LoadError(
      'incompatible medium',
      `${identity.product} does not take a ${volume.type.mktapeName} ${volume.use} cartridge`,
    );
  }
  const { dirty } = await note(volume, drive);
  if (dirty) alerts.set('lost statistics');
  if (access === 'read-only' && !noMedium.includes(volume.use)) alerts.set('read only format');
  return { volume, access, partition: 0, position: 0 };
}

/** Seconds until the tape is ready; a new cartridge of a generation that needs it is optimised first. */
export function threadingTime({ mechanics, product }: TapeDrive, { mam, type }: Volume): number {
  const { loadSeconds, optimisationSeconds = 0 } = mechanics.timing;
  const isNew = mam.get('loadCount') === 1n && type.densityCode === nativeDensity(product).code;
  return loadSeconds + (isNew ? optimisationSeconds : 0);
}
