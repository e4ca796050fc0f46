// SPDX-License-Identifier: GPL-2.0-or-later
// Tools and cartridges that a drive has, or had.
import { readCartridgeMemory } from '../../medium/cartridge-files.js';
import { findHolder } from '../../medium/lock/cartridge-lock.js';
import { Failure, warn } from './tool.js';

/**
 * Nobody of this program has the cartridge open; but another one may, or a drive died with it.
 * @throws Failure when the last drive never gave it back
 * @throws MediumError when there is no cartridge
 */
export function assertGivenBack(directory: string): void {
  const { privateData } = readCartridgeMemory(directory);
  if (privateData.get('recordDirty') === 0) return;
  throw new Failure(
    `${directory} was not given back by the drive that had it last: \`mhvtl-fsck --repair\` looks what that did, and clears the mark`,
  );
}

/** Says who has the cartridge when it is only looked at. */
export function warnIfInUse(tool: string, directory: string): void {
  const user = findHolder(directory);
  if (user)
    warn(tool, `${directory} is in use by ${user.description}: this is how it looks meanwhile`);
}
