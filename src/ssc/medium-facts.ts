// SPDX-License-Identifier: GPL-2.0-or-later
// What can be told of a mounted medium by looking at its index.
import type { Mounted } from './tape-drive.js';

/** Whether any block of the volume is encrypted. */
export const holdsEncrypted = ({ volume }: Mounted): boolean =>
  Array.from({ length: volume.partitionCount }).some(
    (_, partition) => volume.firstEncrypted(partition).encrypted !== undefined,
  );
