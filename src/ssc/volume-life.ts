// SPDX-License-Identifier: GPL-2.0-or-later
// What was moved to and from a volume in its life: up to its last mount, as its memory has it, and in this one.
import type { TapeDrive } from './tape-drive.js';

/** Bytes, as hosts sent and got them. Zero without a volume. */
export function volumeLife({ mounted, statistics: { sinceMount } }: TapeDrive) {
  if (!mounted) return { written: 0, read: 0 };
  const { mam } = mounted.volume;
  return {
    written: Number(mam.get('writtenInLife')) + sinceMount.bytesFromHost,
    read: Number(mam.get('readInLife')) + sinceMount.bytesToHost,
  };
}
