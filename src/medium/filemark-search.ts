// SPDX-License-Identifier: GPL-2.0-or-later
// Finding filemarks by count, in either direction.
import type { ObjectIndex } from './object-index.js';
import type { FilemarkSearch } from './volume.js';

/** `filemarks` counted from `first`, in steps of `step`: the last of `found`. */
const outcome = (
  index: ObjectIndex,
  first: number,
  step: 1 | -1,
  found: number,
): FilemarkSearch => ({
  found,
  at: found > 0 ? index.filemark(first + step * (found - 1)) : undefined,
});

/** See Volume.filemarksForward. */
export function filemarksForward(
  index: ObjectIndex,
  position: number,
  count: number,
): FilemarkSearch {
  const before = index.filemarksBefore(position);
  return outcome(index, before, 1, Math.min(count, index.filemarkCount - before));
}

/** See Volume.filemarksBackward. */
export function filemarksBackward(
  index: ObjectIndex,
  position: number,
  count: number,
): FilemarkSearch {
  const before = index.filemarksBefore(position);
  return outcome(index, before - 1, -1, Math.min(count, before));
}
