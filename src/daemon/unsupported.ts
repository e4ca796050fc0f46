// SPDX-License-Identifier: GPL-2.0-or-later
// What device.conf may ask for and this version does not do: said at start, never passed over in silence.
import type { Log } from './log.js';

/** @param fifo from the command line or the record */
export function tellUnsupportedOfDrive(fifo: boolean, log: Log): void {
  if (fifo) log.warning('fifo has no effect in this version: state changes are in the log only');
}
