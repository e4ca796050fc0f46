// SPDX-License-Identifier: GPL-2.0-or-later
// Device Configuration Extension mode page (SSC-5 8.3.8): append-only mode and programmable early warning.
import { bit, bits, u16 } from '../../bytes/layout.js';
import { modePage } from '../../spc/mode-page.js';
import type { TapeDrive } from '../tape-drive.js';

/** WRITE MODE field values (SSC-5 table 161). */
const writeModes = { 'overwrite allowed': 0, 'append-only': 1 } as const;

export const deviceConfigurationExtensionPage = modePage<TapeDrive>()({
  code: 0x10,
  subpage: 0x01,
  name: 'Device Configuration Extension',
  ref: 'SSC-5 8.3.8',
  size: 32,
  fields: {
    TAPLSD: bit(4, 3),
    TARPC: bit(4, 2),
    TASER: bit(4, 1),
    TARPF: bit(4, 0),
    writeMode: bits(5, 7, 4),
    shortEraseMode: bits(5, 3, 4),
    /** Megabytes (10^6 bytes) before early warning. */
    PEWS: u16(6),
    VCELBRE: bit(8, 0),
  },
  /* A short erase writes an end of data, and nothing after it can be read. */
  defaults: { shortEraseMode: 2 },
  changeable: ['writeMode', 'PEWS'],
  saveable: true,
  live: (drive) => ({
    writeMode: writeModes[drive.appendOnly ? 'append-only' : 'overwrite allowed'],
  }),
  /* Append-only mode ends with the mount, not before (SSC-5 4.2.21). */
  refuses: (drive, { writeMode }) =>
    writeMode > writeModes['append-only'] ||
    (drive.appendOnly && drive.mounted && writeMode === writeModes['overwrite allowed'])
      ? 'writeMode'
      : undefined,
  selected(drive, { writeMode }) {
    drive.appendOnly = writeMode === writeModes['append-only'];
  },
});
