// SPDX-License-Identifier: GPL-2.0-or-later
// A cleaning cartridge in a drive: it counts down, cleans, and is put out again.
import type { Volume } from '../medium/volume.js';
import type { TapeDrive } from './tape-drive.js';

/** Seconds a drive takes to clean its heads. */
const cleaningTime = 90;

/** Uses the cartridge once, if it can still clean. Returns the seconds until the drive puts it out. */
export function useCleaningCartridge(drive: TapeDrive, { mam }: Volume): number {
  const left = mam.get('mediumTypeInformation');
  drive.alerts.set('cleaning media');
  if (left === 0) {
    drive.alerts.set('expired cleaning media');
    return 0;
  }
  mam.set('mediumTypeInformation', left - 1);
  drive.alerts.unset('clean now');
  drive.alerts.unset('clean periodic');
  drive.count('cleanings');
  drive.statistics.mark('bytesMovedAtCleaning');
  return cleaningTime;
}
