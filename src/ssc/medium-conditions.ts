// SPDX-License-Identifier: GPL-2.0-or-later
// What a tape meets, named after the event; the only place that turns medium facts into sense (SSC-5 4.2.17).
import { MediumError, type MediumFault } from '../medium/volume.js';
import type { AdditionalSense, SenseKey } from '../sam/asc.js';
import { type Sense, type SenseDetail, sense } from '../sam/sense.js';
import type { TapeAlert } from './tape-alerts.js';
import type { Mounted, TapeDrive } from './tape-drive.js';

/** INFORMATION in all of these: what was asked and not done, in blocks, bytes or marks. */
export const filemarkDetected = (information: number): Sense =>
  sense('NO SENSE', 'FILEMARK DETECTED', { FILEMARK: true, information });

export const beginningOfPartition = (information: number): Sense =>
  sense('NO SENSE', 'BEGINNING-OF-PARTITION/MEDIUM DETECTED', { EOM: true, information });

export const incorrectLength = (information: number): Sense =>
  sense('NO SENSE', 'NO ADDITIONAL SENSE INFORMATION', { ILI: true, information });

export const earlyWarning = (information: number): Sense =>
  sense('NO SENSE', 'END-OF-PARTITION/MEDIUM DETECTED', { EOM: true, information });

export const endOfPartition = (information: number): Sense =>
  sense('VOLUME OVERFLOW', 'END-OF-PARTITION/MEDIUM DETECTED', { EOM: true, information });

const faults: Readonly<
  Record<MediumFault, { key: SenseKey; additional: AdditionalSense; alert: TapeAlert }>
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
};

/** INFORMATION, for commands that have some to give. */
const carrying = (information: number | undefined): SenseDetail =>
  information === undefined ? {} : { information };

/** The sense of a medium fault, and its TapeAlert; any other error is thrown on. */
export function mediumFault(drive: TapeDrive, error: unknown, information?: number): Sense {
  if (!(error instanceof MediumError)) throw error;
  const { key, additional, alert } = faults[error.fault];
  drive.alerts.set(alert);
  drive.statistics.count(alert === 'write failure' ? 'writeErrors' : 'readErrors');
  return sense(key, additional, { ...carrying(information), EOM: error.fault === 'no space' });
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

/** Bytes left in the partition at the drive's position; negative past the end. */
export const remaining = ({ volume, partition, position }: Mounted): number =>
  volume.capacity(partition) - volume.used(partition, position);
