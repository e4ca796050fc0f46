// SPDX-License-Identifier: GPL-2.0-or-later
// REZERO UNIT (SCSI-2 9.2.13, for changers obsolete): the picker goes home. Old drivers send it.
import { command } from '../sam/command.js';
import { good, refuse } from '../sam/reply.js';
import type { MediaChanger } from './changer.js';

export const rezeroUnit = command<MediaChanger>()({
  name: 'REZERO UNIT',
  ref: 'SCSI-2 9.2.13',
  opcode: 0x01,
  cdb: {},
  execute(changer) {
    changer.assertReady();
    if (changer.elements.of('medium transport').every(({ jammed }) => jammed))
      throw refuse('HARDWARE ERROR', 'MECHANICAL POSITIONING ERROR');
    return good();
  },
});
