// SPDX-License-Identifier: GPL-2.0-or-later
// Usage histories (MAM attributes 0340h, 0341h): how much this load, the one before and all loads moved, on the whole
// medium and in each partition.
import { type Field, layout, u32, u48 } from '../bytes/layout.js';
import type { MediumAuxiliaryMemory } from './mam.js';
import { attributeRows } from './mam-attributes.js';

/** SPC-4 7.4.2.2.15 and .16. Amounts in MiB; this medium never needs a retry. */
const COUNTERS = [
  'currentWritten',
  'currentWriteRetries',
  'currentRead',
  'currentReadRetries',
  'previousWritten',
  'previousWriteRetries',
  'previousRead',
  'previousReadRetries',
  'totalWritten',
  'totalWriteRetries',
  'totalRead',
  'totalReadRetries',
  'loadCount',
  'changePartitionCount',
  'partitionInitializeCount',
] as const;
type Counter = (typeof COUNTERS)[number];

/** Both histories have the same counters, in fields of so many bytes. */
const historyOf = (width: number, counter: (at: number) => Field<number>) =>
  layout(
    COUNTERS.length * width,
    Object.fromEntries(COUNTERS.map((name, i) => [name, counter(i * width)])) as Record<
      Counter,
      Field<number>
    >,
  );

const mediumHistory = historyOf(6, u48);
const partitionHistory = historyOf(4, u32);
const PARTITION = attributeRows.partitionUsage.id;

/** Bytes that went to and from a partition. */
export interface Moved {
  readonly written: number;
  readonly read: number;
}

const mebibytes = (bytes: bigint | number): number => Number(BigInt(bytes) >> 20n);

const partitionUsage = (mam: MediumAuxiliaryMemory, partition: number) =>
  partitionHistory.decode(mam.read(PARTITION, partition) ?? new Uint8Array(partitionHistory.size));

/** What was the current load is the previous one now. */
const next = ({ currentWritten, currentRead }: Readonly<Record<Counter, number>>) => ({
  currentWritten: 0,
  currentRead: 0,
  previousWritten: currentWritten,
  previousRead: currentRead,
});

/** A load begins. Call it when the load has been counted. */
export function countLoad(mam: MediumAuxiliaryMemory, partitions: number): void {
  const before = mediumHistory.decode(mam.get('usageHistory'));
  mam.set(
    'usageHistory',
    mediumHistory.encode({
      ...before,
      ...next(before),
      totalWritten: mebibytes(mam.get('writtenInLife')),
      totalRead: mebibytes(mam.get('readInLife')),
      loadCount: Number(mam.get('loadCount')),
    }),
  );
  for (let partition = 0; partition < partitions; partition++) {
    const usage = partitionUsage(mam, partition);
    const loadCount = usage.loadCount + 1;
    mam.store(
      PARTITION,
      partitionHistory.encode({ ...usage, ...next(usage), loadCount }),
      partition,
    );
  }
}

/**
 * A load ends, and the counters of the last load and of the medium's life are those after it.
 * @param moved of each partition
 */
export function countTransfers(mam: MediumAuxiliaryMemory, moved: readonly Moved[]): void {
  const bytes = mam.bytes('usageHistory');
  mediumHistory.patch(bytes, {
    currentWritten: mebibytes(mam.get('writtenLastLoad')),
    currentRead: mebibytes(mam.get('readLastLoad')),
    totalWritten: mebibytes(mam.get('writtenInLife')),
    totalRead: mebibytes(mam.get('readInLife')),
  });
  mam.setBytes('usageHistory', bytes);
  for (const [partition, { written, read }] of moved.entries()) {
    const usage = partitionUsage(mam, partition);
    const load = { currentWritten: mebibytes(written), currentRead: mebibytes(read) };
    const totals = {
      totalWritten: usage.totalWritten + load.currentWritten,
      totalRead: usage.totalRead + load.currentRead,
    };
    mam.store(PARTITION, partitionHistory.encode({ ...usage, ...load, ...totals }), partition);
  }
}

/** Partitions were made anew: nothing has happened to them but this load. */
export function forgetPartitions(mam: MediumAuxiliaryMemory, partitions: number): void {
  for (let partition = 0; partition < partitions; partition++)
    mam.store(PARTITION, partitionHistory.encode({ loadCount: 1 }), partition);
}
