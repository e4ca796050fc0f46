// SPDX-License-Identifier: GPL-2.0-or-later
// Units: of capacities, of time, and of log parameters.

/** What a parameter of up to six bytes says when there is no volume to know it of: all ones. */
export const nothingKnown = Number.MAX_SAFE_INTEGER;

/** Bytes of SSC's "megabyte". */
export const megabyte = 1e6;
/** Whole megabytes, 10^6 bytes. */
export const toMegabytes = (bytes: number): number => Math.floor(bytes / megabyte);

export const mebibyte = 1 << 20;
/** Whole mebibytes, 2^20 bytes, which vendor-specific pages count. */
export const toMebibytes = (bytes: number): number => Math.floor(bytes / mebibyte);

const kibibyte = 1 << 10;
/** Whole kibibytes, 2^10 bytes. */
export const toKibibytes = (bytes: number): number => Math.floor(bytes / kibibyte);

/** Data sets, the units in which a drive writes; one that was begun counts. */
export const toDataSets = (
  { dataSetBytes }: { readonly dataSetBytes: number },
  bytes: number,
): number => Math.ceil(bytes / dataSetBytes);

/** A compression ratio times one hundred; 100 when nothing was moved. */
export const ratioTimes100 = (plain: number, stored: number): number =>
  stored > 0 ? Math.round((100 * plain) / stored) : 100;

const secondsPerHour = 3600;
/** Whole hours. */
export const toHours = (seconds: number): number => Math.floor(seconds / secondsPerHour);
