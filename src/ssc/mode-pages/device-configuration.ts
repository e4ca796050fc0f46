// SPDX-License-Identifier: GPL-2.0-or-later
// Device Configuration mode page (SSC-5 8.3.4).
import { bit, bits, u8, u16, u24 } from '../../bytes/layout.js';
import { modePage } from '../../spc/mode-page.js';
import type { TapeDrive } from '../tape-drive.js';

export const deviceConfigurationPage = modePage<TapeDrive>()({
  code: 0x10,
  name: 'Device Configuration',
  ref: 'SSC-5 8.3.4',
  size: 16,
  fields: {
    CAF: bit(2, 5),
    activeFormat: bits(2, 4, 5),
    activePartition: u8(3),
    writeObjectBufferFullRatio: u8(4),
    readObjectBufferEmptyRatio: u8(5),
    writeDelayTime: u16(6),
    OBR: bit(8, 7),
    LOIS: bit(8, 6),
    RSMK: bit(8, 5),
    AVC: bit(8, 4),
    SOCF: bits(8, 3, 2),
    ROBO: bit(8, 1),
    REW: bit(8, 0),
    gapSize: u8(9),
    EODDefined: bits(10, 7, 3),
    EEG: bit(10, 4),
    SEW: bit(10, 3),
    SWP: bit(10, 2),
    BAML: bit(10, 1),
    BAM: bit(10, 0),
    objectBufferSizeAtEarlyWarning: u24(11),
    selectDataCompressionAlgorithm: u8(14),
    WTRE: bits(15, 7, 2),
    OIR: bit(15, 5),
    rewindOnReset: bits(15, 4, 2),
    ASOCWP: bit(15, 2),
    PERSWP: bit(15, 1),
    PRMWP: bit(15, 0),
  },
  /* Write delay 10 s in units of 100 ms, block identifiers supported, filemarks at early warning. */
  defaults: { writeDelayTime: 100, LOIS: true, EEG: true, SEW: true, WTRE: 2 },
  changeable: ['selectDataCompressionAlgorithm'],
  live: (drive) => ({
    activePartition: drive.mounted?.partition ?? 0,
    selectDataCompressionAlgorithm: drive.compression ? 1 : 0,
  }),
  /* Who sends every page back with only DCE changed means DCE, though this page comes later. */
  selected(drive, { selectDataCompressionAlgorithm: selected }, before) {
    if (selected !== before.selectDataCompressionAlgorithm) drive.compression = selected !== 0;
  },
});
