// SPDX-License-Identifier: GPL-2.0-or-later
// ERASE(6) (SSC-5 7.2): the position becomes the end of data; LONG also promises that nothing is left behind it.
import { bit } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { check, good, type Reply } from '../sam/reply.js';
import { mediumFault } from './medium-conditions.js';
import type { Mounted, TapeDrive } from './tape-drive.js';
import { assertWritable } from './write-permission.js';

async function erase(drive: TapeDrive, mounted: Mounted): Promise<Reply> {
  const { volume, partition, position } = mounted;
  try {
    await volume.noteModification();
    await volume.truncate(partition, position);
    await volume.flush();
  } catch (error) {
    return check(mediumFault(drive, error));
  }
  return good();
}

export const erase6 = command<TapeDrive>()({
  name: 'ERASE(6)',
  ref: 'SSC-5 7.2',
  opcode: 0x19,
  cdb: { IMMED: bit(1, 1), LONG: bit(1, 0) },
  execute: (drive) => erase(drive, assertWritable(drive)),
});
