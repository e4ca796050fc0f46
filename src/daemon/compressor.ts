// SPDX-License-Identifier: GPL-2.0-or-later
// What a drive compresses blocks with, in the words of the medium.
import type { DriveConf } from '../config/device-conf.js';
import type { Compression } from '../medium/volume.js';

/** Undefined when blocks are stored as they come. Factor 0 is the fastest, as 1 is. */
export function compressorOf({
  type,
  factor,
}: Pick<DriveConf['compression'], 'type' | 'factor'>): Compression | undefined {
  return type === 'none' ? undefined : { type, level: Math.max(1, factor) };
}
