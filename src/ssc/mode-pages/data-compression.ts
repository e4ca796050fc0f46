// SPDX-License-Identifier: GPL-2.0-or-later
// Data Compression mode page (SSC-5 8.3.3).
import { bit, bits, u32 } from '../../bytes/layout.js';
import { modePage } from '../../spc/mode-page.js';
import type { TapeDrive } from '../tape-drive.js';

export const dataCompressionPage = modePage<TapeDrive>()({
  code: 0x0f,
  name: 'Data Compression',
  ref: 'SSC-5 8.3.3',
  size: 16,
  fields: {
    DCE: bit(2, 7),
    DCC: bit(2, 6),
    DDE: bit(3, 7),
    RED: bits(3, 6, 2),
    compressionAlgorithm: u32(4),
    decompressionAlgorithm: u32(8),
  },
  defaults: { DCC: true, DDE: true, compressionAlgorithm: 0x10, decompressionAlgorithm: 0x10 },
  changeable: ['DCE', 'DDE'],
  live: (drive) => ({ DCE: drive.compression }),
  selected(drive, { DCE }, before) {
    if (DCE !== before.DCE) drive.compression = DCE;
  },
});
