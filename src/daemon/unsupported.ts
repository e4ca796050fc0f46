// SPDX-License-Identifier: GPL-2.0-or-later
// What device.conf may ask for and this version does not do: said at start, never passed over in silence.
import type { DriveConf } from '../config/device-conf.js';
import type { Log } from './log.js';

function tell(
  log: Log,
  asked: readonly (readonly [key: string, given: boolean, what: string])[],
): void {
  for (const [key, given, what] of asked)
    if (given) log.warning(`${key} has no effect in this version: ${what}`);
}

/** @param fifo from the command line or the record */
export function tellUnsupportedOfDrive({ compression }: DriveConf, fifo: boolean, log: Log): void {
  tell(log, [
    ['fifo', fifo, 'state changes are in the log only'],
    [
      'Compression',
      compression.enabled && compression.type !== 'none',
      'blocks are stored as they are; the drive reports compression all the same',
    ],
  ]);
}
