// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a command may change the medium (SSC-5 4.2.15 write protection, 4.2.17 WORM, 4.2.21 append-only mode).
import type { AdditionalSense } from '../sam/asc.js';
import { type Refusal, refuse } from '../sam/reply.js';
import { deviceConfigurationPage } from './mode-pages/device-configuration.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/** What ALLOW OVERWRITE permits (SSC-5 7.1): nothing, one write at a place, or FORMAT MEDIUM. */
export type OverwritePermission =
  | 'none'
  | 'format'
  | { readonly partition: number; readonly position: number };

/** The cartridge's own switch, or a generation the drive only reads. */
export const isWriteProtected = ({ volume, access }: Mounted): boolean =>
  volume.writeProtected || access === 'read-only';

/** A WORM cartridge takes data where no block follows; trailing filemarks may be overwritten. */
function overwritesBlocks({ volume, partition, position }: Mounted): boolean {
  const following = volume.endOfData(partition) - position;
  return volume.filemarksForward(partition, position, following).found < following;
}

const holdsData = ({ volume }: Mounted): boolean =>
  Array.from({ length: volume.partitionCount }).some((_, each) => volume.endOfData(each) > 0);

function overwriteAttempted(drive: TapeDrive): Refusal {
  drive.alerts.set('WORM medium - overwrite attempted');
  return refuse('DATA PROTECT', 'WORM MEDIUM - OVERWRITE ATTEMPTED');
}

function assertSwitchesOff(drive: TapeDrive, mounted: Mounted): void {
  const additional: AdditionalSense | undefined = isWriteProtected(mounted)
    ? 'WRITE PROTECTED'
    : drive.modes.current(deviceConfigurationPage)?.SWP
      ? 'LOGICAL UNIT SOFTWARE WRITE PROTECTED'
      : undefined;
  if (additional === undefined) return;
  drive.alerts.set('write protect');
  throw refuse('DATA PROTECT', additional);
}

/** Whether ALLOW OVERWRITE named this place. */
function overwriteAllowedHere(drive: TapeDrive, { partition, position }: Mounted): boolean {
  const allowed = drive.overwriteAllowed;
  return (
    typeof allowed === 'object' && allowed.partition === partition && allowed.position === position
  );
}

/** The mounted volume, ready to be written at its position; throws the refusal otherwise. */
export function assertWritable(drive: TapeDrive): Mounted {
  const mounted = drive.assertMounted();
  if (mounted.volume.use === 'WORM' && overwritesBlocks(mounted)) throw overwriteAttempted(drive);
  assertSwitchesOff(drive, mounted);
  const following = mounted.volume.endOfData(mounted.partition) > mounted.position;
  if (drive.appendOnly && following && !overwriteAllowedHere(drive, mounted))
    throw overwriteAttempted(drive);
  drive.overwriteAllowed = 'none';
  return mounted;
}

/** The mounted volume, ready to lose all its data; throws the refusal otherwise. */
export function assertFormattable(drive: TapeDrive): Mounted {
  const mounted = drive.assertMounted();
  if (mounted.volume.use === 'WORM' && holdsData(mounted)) throw overwriteAttempted(drive);
  assertSwitchesOff(drive, mounted);
  if (drive.appendOnly && holdsData(mounted) && drive.overwriteAllowed !== 'format')
    throw overwriteAttempted(drive);
  if (mounted.partition !== 0 || mounted.position !== 0)
    throw refuse('ILLEGAL REQUEST', 'POSITION PAST BEGINNING OF MEDIUM');
  drive.overwriteAllowed = 'none';
  return mounted;
}
