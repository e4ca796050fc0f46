// SPDX-License-Identifier: GPL-2.0-or-later
// What is wrong with a cartridge is told to people and keeps no tool from the rest of it.
import { MediumError } from '../../medium/volume.js';

/** What hinders `act`, which asks the cartridge; undefined when nothing does. */
export async function troubleOf(act: () => unknown): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (!(error instanceof MediumError)) throw error;
    return error.message;
  }
}
