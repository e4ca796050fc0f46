// SPDX-License-Identifier: GPL-2.0-or-later
// A change of position takes the time of the way between the two places.
import type { Reply } from '../sam/reply.js';
import type { Mechanics, Movement } from './mechanics.js';
import type { Mounted, TapeDrive } from './tape-drive.js';
import { placeOf, travelTime } from './wraps.js';

const placeNow = ({ mechanics }: TapeDrive, { volume, partition, position }: Mounted) =>
  placeOf(volume, mechanics.timing, partition, position);

/** Seconds from where the tape stands to the beginning of its partition. */
export const timeToBeginning = (
  { volume, partition, position }: Mounted,
  { timing }: Mechanics,
): number =>
  travelTime(
    timing,
    placeOf(volume, timing, partition, position),
    placeOf(volume, timing, partition, 0),
  );

/** Runs `move`, which changes the position at once, and lets the tape follow. */
export async function moving(
  drive: TapeDrive,
  mounted: Mounted,
  IMMED: boolean,
  move: () => Reply,
  movement: Movement = 'position',
): Promise<Reply> {
  const { mechanics } = drive;
  if (!mechanics.takesTime(movement)) return move();
  const before = placeNow(drive, mounted);
  const reply = move();
  const seconds = travelTime(mechanics.timing, before, placeNow(drive, mounted));
  await mechanics.move(movement, seconds, IMMED);
  return reply;
}
