// SPDX-License-Identifier: GPL-2.0-or-later
// LOAD DISPLAY of StorageTek and IBM enterprise drives: a message on the front panel.
import { ascii, bit, bits, layout, u8 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, refuse } from '../sam/reply.js';
import type { TapeDrive } from './tape-drive.js';

const message = layout(17, {
  overlay: bits(0, 7, 3),
  alternate: bit(0, 4),
  blink: bit(0, 3),
  lowOrHigh: bit(0, 2),
  first: ascii(1, 8),
  second: ascii(9, 8),
});

export const loadDisplay = command<TapeDrive>()({
  name: 'LOAD DISPLAY',
  ref: 'vendor specific',
  opcode: 0x06,
  cdb: { MTN: bits(1, 7, 3), parameterListLength: u8(4) },
  execute(drive, { parameterListLength }, { dataOut }) {
    if (parameterListLength === 0) return good();
    if (parameterListLength !== message.size)
      throw refuse('ILLEGAL REQUEST', 'PARAMETER LIST LENGTH ERROR');
    const { first, second } = message.decode(dataOut);
    drive.display = [first, second].filter((text) => text !== '');
    return good();
  },
});
