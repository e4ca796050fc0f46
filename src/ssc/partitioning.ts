// SPDX-License-Identifier: GPL-2.0-or-later
// How a medium is divided into partitions when it is formatted (SSC-5 4.2.7).

/** Sizes as the Medium Partition mode page has them: in its units, {@link remainder} for what is left. */
export type PartitionSizes = readonly number[];

/** PARTITION SIZE that stands for the rest of the medium. */
export const remainder = 0xffff;
const largestSize = remainder - 1;

/** What the page asks for. */
export interface Division {
  readonly additionalPartitionsDefined: number;
  readonly FDP: boolean;
  readonly SDP: boolean;
  readonly IDP: boolean;
  /** PSUM: 0 bytes, 1 kilobytes, 2 megabytes, 3 powers of ten. */
  readonly PSUM: number;
  readonly partitionUnits: number;
  readonly sizes: PartitionSizes;
}

/** The smallest power of ten in which all sizes fit the page. */
export function smallestExponent(bytes: readonly number[]): number {
  let exponent = 0;
  while (bytes.some((size) => Math.floor(size / 10 ** exponent) > largestSize)) exponent++;
  return exponent;
}

export const sizesInUnits = (bytes: readonly number[], exponent: number): PartitionSizes =>
  bytes.map((size) => Math.floor(size / 10 ** exponent));

const bytesOfUnit = ({ PSUM, partitionUnits }: Division): number =>
  PSUM === 3 ? 10 ** partitionUnits : 1000 ** PSUM;

/** Sizes an initiator chose, each at least `smallest`; scaled down when the medium is smaller than their sum. */
function chosen(division: Division, count: number, total: number, smallest: number): number[] {
  const unit = bytesOfUnit(division);
  const wanted = Array.from({ length: count }, (_, i) => division.sizes[i] ?? remainder);
  const rests = wanted.filter((size) => size === remainder).length;
  const fixed = wanted.map((size) => (size === remainder ? 0 : Math.max(size * unit, smallest)));
  const sum = fixed.reduce((all, size) => all + size, 0);
  /* What asks for gigabytes must work on a small virtual cartridge, too: the rest keeps half of it. */
  const room = rests > 0 ? total / 2 : total;
  const scale = sum > room ? room / sum : 1;
  const rest = rests > 0 ? (total - sum * scale) / rests : 0;
  return wanted.map((size, i) => Math.floor(size === remainder ? rest : fixed[i]! * scale));
}

/**
 * The bytes of each partition.
 * @param total bytes of the medium
 * @param smallest bytes the drive gives a partition at least
 */
export function divide(division: Division, total: number, smallest: number): number[] {
  const { FDP, SDP, additionalPartitionsDefined } = division;
  /* Fixed data partitions of LTO: the second one has the smallest size there is. */
  const count = FDP ? 2 : additionalPartitionsDefined + 1;
  if (count === 1) return [total];
  if (!FDP && !SDP) return chosen(division, count, total, smallest);
  return [total - smallest * (count - 1), ...new Array<number>(count - 1).fill(smallest)];
}
