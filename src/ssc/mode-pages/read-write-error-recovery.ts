// SPDX-License-Identifier: GPL-2.0-or-later
// Read-Write Error Recovery mode page (SSC-5 8.3.5): nothing is retried; PER lets informational exceptions be reported.
import { bit, u8 } from '../../bytes/layout.js';
import { modePage } from '../../spc/mode-page.js';
import type { TapeDrive } from '../tape-drive.js';

export const readWriteErrorRecoveryPage = modePage<TapeDrive>()({
  code: 0x01,
  name: 'Read-Write Error Recovery',
  ref: 'SSC-5 8.3.5',
  size: 12,
  fields: {
    TB: bit(2, 5),
    EER: bit(2, 3),
    PER: bit(2, 2),
    DTE: bit(2, 1),
    DCR: bit(2, 0),
    readRetryCount: u8(3),
    writeRetryCount: u8(8),
  },
  changeable: ['PER'],
});
