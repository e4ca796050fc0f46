// SPDX-License-Identifier: GPL-2.0-or-later
// ERASE(6) and ERASE(16) (SSC-5 7.3, 7.4): the position becomes the end of data; LONG also promises that nothing is
// left behind it.
import { bit } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, type Reply } from '../sam/reply.js';
import { secondsFor } from './drive-timing.js';
import { from, positionFields } from './explicit-position.js';
import { mediumFault } from './medium-conditions.js';
import type { TapeDrive } from './tape-drive.js';
import { settleSeconds, wrapsOf } from './wraps.js';
import { assertWritable } from './write-permission.js';

/** Seconds a long erase takes: the head passes every wrap of the partition at the speed of writing. */
function longEraseTime(drive: TapeDrive): number {
  const { volume, partition } = drive.assertMounted();
  const { timing } = drive.mechanics;
  const { count } = wrapsOf(volume, timing)[partition]!;
  return (count / timing.wraps) * secondsFor(timing, volume.type.nativeBytes);
}

async function erase(
  drive: TapeDrive,
  { IMMED, LONG }: { readonly IMMED: boolean; readonly LONG: boolean },
): Promise<Reply> {
  const { volume, partition, position } = assertWritable(drive);
  try {
    await volume.noteModification();
    drive.mediumBytes.end();
    await volume.truncate(partition, position);
    await volume.flush();
  } catch (error) {
    return check(mediumFault(drive, error));
  }
  await drive.mechanics.move('erase', LONG ? longEraseTime(drive) : settleSeconds, IMMED);
  return good();
}

const flags = { IMMED: bit(1, 1), LONG: bit(1, 0) } as const;

export const erase6 = command<TapeDrive>()({
  name: 'ERASE(6)',
  ref: 'SSC-5 7.3',
  opcode: 0x19,
  cdb: flags,
  execute: erase,
});

export const erase16 = command<TapeDrive>()({
  name: 'ERASE(16)',
  ref: 'SSC-5 7.4',
  opcode: 0x93,
  cdb: { LCS: bit(1, 3), FCS: bit(1, 2), ...flags, ...positionFields },
  execute: (drive, args) => from(drive, args, () => erase(drive, args)),
});
