// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a command may change the medium (SSC-5 4.2.15, WORM: annex on write once media).
import { refuse } from '../sam/reply.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/** The cartridge's own switch, or a generation the drive only reads. */
export const isWriteProtected = ({ volume, access }: Mounted): boolean =>
  volume.writeProtected || access === 'read-only';

/** A WORM cartridge takes data where no block follows; trailing filemarks may be overwritten. */
function overwritesBlocks({ volume, partition, position }: Mounted): boolean {
  const following = volume.endOfData(partition) - position;
  return volume.filemarksForward(partition, position, following).found < following;
}

/** The mounted volume, ready to be written at its position; throws the refusal otherwise. */
export function assertWritable(drive: TapeDrive): Mounted {
  const mounted = drive.assertMounted();
  if (mounted.volume.use === 'WORM' && overwritesBlocks(mounted))
    throw refuse('DATA PROTECT', 'WORM MEDIUM - OVERWRITE ATTEMPTED');
  if (isWriteProtected(mounted)) {
    drive.alerts.set('write protect');
    throw refuse('DATA PROTECT', 'WRITE PROTECTED');
  }
  return mounted;
}
