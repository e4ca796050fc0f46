// SPDX-License-Identifier: GPL-2.0-or-later
// What a tape meets, named after the event; the only place that turns medium facts into sense (SSC-5 4.2.17).
import { type LostObjects, MediumError, type MediumFault } from '../medium/volume.js';
import type { AdditionalSense, SenseKey } from '../sam/asc.js';
import { Refusal } from '../sam/reply.js';
import { type Sense, type SenseDetail, sense } from '../sam/sense.js';
import type { TapeAlert } from './tape-alerts.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/** INFORMATION, for commands that have some to give. */
const carrying = (information: number | undefined): SenseDetail =>
  information === undefined ? {} : { information };

/** INFORMATION in all of these: what was asked and not done, in blocks, bytes or marks. */
export const filemarkDetected = (information: number): Sense =>
  sense('NO SENSE', 'FILEMARK DETECTED', { FILEMARK: true, information });

export const beginningOfPartition = (information?: number): Sense =>
  sense('NO SENSE', 'BEGINNING-OF-PARTITION/MEDIUM DETECTED', {
    EOM: true,
    ...carrying(information),
  });

export const incorrectLength = (information: number): Sense =>
  sense('NO SENSE', 'NO ADDITIONAL SENSE INFORMATION', { ILI: true, information });

export const earlyWarning = (information: number): Sense =>
  sense('NO SENSE', 'END-OF-PARTITION/MEDIUM DETECTED', { EOM: true, information });

export const programmableEarlyWarning = (information: number): Sense =>
  sense('NO SENSE', 'PROGRAMMABLE EARLY WARNING DETECTED', { EOM: true, information });

export const endOfPartition = (information: number): Sense =>
  sense('VOLUME OVERFLOW', 'END-OF-PARTITION/MEDIUM DETECTED', { EOM: true, information });

const faults: Readonly<
  Record<MediumFault, { key: SenseKey; additional: AdditionalSense; alert: TapeAlert | undefined }>
> = {
  unreadable: { key: 'MEDIUM ERROR', additional: 'UNRECOVERED READ ERROR', alert: 'read failure' },
  damaged: { key: 'MEDIUM ERROR', additional: 'UNRECOVERED READ ERROR', alert: 'read failure' },
  unwritable: { key: 'MEDIUM ERROR', additional: 'WRITE ERROR', alert: 'write failure' },
  /* A full file system is a medium that ended early: applications then change the tape. */
  'no space': {
    key: 'VOLUME OVERFLOW',
    additional: 'END-OF-PARTITION/MEDIUM DETECTED',
    alert: 'write failure',
  },
  sealed: { key: 'DATA PROTECT', additional: 'UNABLE TO DECRYPT DATA', alert: undefined },
  /* Nothing is wrong with drive or cartridge: somebody has to unload it elsewhere. */
  'in use': {
    key: 'NOT READY',
    additional: 'LOGICAL UNIT NOT READY, MANUAL INTERVENTION REQUIRED',
    alert: undefined,
  },
};

/** Accepted blocks are not on the medium: what the drive counted as behind it is not there. */
function stepBack({ mounted }: TapeDrive, lost: LostObjects): void {
  if (mounted?.partition === lost.partition)
    mounted.position = Math.min(mounted.position, lost.position);
}

/** The sense of a medium fault, and its TapeAlert; of a refusal its own; any other error is thrown on. */
export function mediumFault(drive: TapeDrive, error: unknown, information?: number): Sense {
  if (error instanceof Refusal) return { ...error.sense, ...carrying(information) };
  if (!(error instanceof MediumError)) throw error;
  const { key, additional, alert } = faults[error.fault];
  if (alert) {
    drive.alerts.set(alert);
    drive.count(alert === 'write failure' ? 'writeErrors' : 'readErrors');
  }
  if (error.lost) stepBack(drive, error.lost);
  return sense(key, additional, {
    /* Of a deferred error the initiator would take it for the residual of the present command. */
    ...carrying(error.deferred ? undefined : information),
    EOM: error.fault === 'no space',
    deferred: error.deferred,
  });
}

/**
 * The condition at end of data. Where damage took objects away there is no end of data, and it must not look like
 * one: an application would append there.
 */
export function endOfData(
  drive: TapeDrive,
  { volume, partition }: Mounted,
  information?: number,
): Sense {
  try {
    volume.kindAt(partition, volume.endOfData(partition));
  } catch (error) {
    return mediumFault(drive, error, information);
  }
  return sense('BLANK CHECK', 'END-OF-DATA DETECTED', carrying(information));
}

/** Bytes left in the partition at the drive's position; negative past the end. Exact after Volume.settle. */
export const remaining = ({ volume, partition, position }: Mounted): number =>
  volume.capacity(partition) - volume.used(partition, position);

/** Whether at most `bytes` are left there. Waits for blocks that are being compressed only where it matters. */
export async function isWithin(mounted: Mounted, bytes: number): Promise<boolean> {
  if (remaining(mounted) > bytes) return false;
  await mounted.volume.settle();
  return remaining(mounted) <= bytes;
}
