// SPDX-License-Identifier: GPL-2.0-or-later
// The three files of a partition, by name and opened.
import type { StoreFile } from './store-file.js';

/** Paths of the files of a partition. */
export const partitionFiles = (directory: string, partition: number) => ({
  data: `${directory}/data.${partition}`,
  indx: `${directory}/indx.${partition}`,
  meta: `${directory}/meta.${partition}`,
});

/** The files themselves. */
export type PartitionFiles = Readonly<Record<keyof ReturnType<typeof partitionFiles>, StoreFile>>;
