// SPDX-License-Identifier: GPL-2.0-or-later
// Medium usage history (MAM attribute 0340h): how much this load, the one before and all loads moved.
import { layout, u48 } from '../bytes/layout.js';
import type { MediumAuxiliaryMemory } from './mam.js';

/** SPC-4 7.4.2.2.15. Amounts in MiB; this medium never needs a retry. */
const usageHistory = layout(90, {
  currentWritten: u48(0),
  currentWriteRetries: u48(6),
  currentRead: u48(12),
  currentReadRetries: u48(18),
  previousWritten: u48(24),
  previousWriteRetries: u48(30),
  previousRead: u48(36),
  previousReadRetries: u48(42),
  totalWritten: u48(48),
  totalWriteRetries: u48(54),
  totalRead: u48(60),
  totalReadRetries: u48(66),
  loadCount: u48(72),
  totalChangePartitionCount: u48(78),
  totalPartitionInitializeCount: u48(84),
});

const mebibytes = (bytes: bigint): number => Number(bytes >> 20n);

/** A load begins: what was the current one is the previous one now. Call it when the load has been counted. */
export function countLoad(mam: MediumAuxiliaryMemory): void {
  const before = usageHistory.decode(mam.get('usageHistory'));
  mam.set(
    'usageHistory',
    usageHistory.encode({
      ...before,
      currentWritten: 0,
      currentRead: 0,
      previousWritten: before.currentWritten,
      previousRead: before.currentRead,
      totalWritten: mebibytes(mam.get('writtenInLife')),
      totalRead: mebibytes(mam.get('readInLife')),
      loadCount: Number(mam.get('loadCount')),
    }),
  );
}

/** A load ends, and the counters of the last load and of the medium's life are those after it. */
export function countTransfers(mam: MediumAuxiliaryMemory): void {
  const bytes = mam.bytes('usageHistory');
  usageHistory.patch(bytes, {
    currentWritten: mebibytes(mam.get('writtenLastLoad')),
    currentRead: mebibytes(mam.get('readLastLoad')),
    totalWritten: mebibytes(mam.get('writtenInLife')),
    totalRead: mebibytes(mam.get('readInLife')),
  });
  mam.setBytes('usageHistory', bytes);
}
