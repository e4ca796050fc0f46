// SPDX-License-Identifier: GPL-2.0-or-later
// What can be wrong with a cartridge on disk, and what mends it.

/** How a finding is mended. Everything that is replaced or cut off is kept in a copy. */
export type Remedy =
  /** Finish what was begun. */
  | { readonly kind: 'complete the format' | 'complete the upgrade' | 'clear the mark' }
  /** Write the filemark map anew, from the index. */
  | { readonly kind: 'write the map'; readonly partition: number }
  /** Make `objects` the end of data. `lossy`: objects that once were whole may be given up. */
  | {
      readonly kind: 'cut';
      readonly partition: number;
      readonly objects: number;
      readonly lossy: boolean;
    };

export interface Finding {
  readonly partition?: number;
  /** Number of the object in its partition. */
  readonly object?: number;
  readonly problem: string;
  /** undefined when nothing but a copy helps. */
  readonly remedy?: Remedy;
}
