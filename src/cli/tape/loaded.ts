// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps tools off cartridges that a drive has.
import { readCartridgeMemory } from '../../medium/cartridge-files.js';
import { Failure } from './tool.js';

/**
 * @throws Failure when a drive holds the cartridge, or never gave it back
 * @throws MediumError when there is none
 */
export function assertNotLoaded(directory: string): void {
  const { privateData } = readCartridgeMemory(directory);
  if (privateData.get('recordDirty') === 0) return;
  throw new Failure(
    `${directory} is in a drive, or a drive that stopped never gave it back. Unload it; if no drive has it, \`mhvtl-fsck --repair\` clears the mark`,
  );
}
