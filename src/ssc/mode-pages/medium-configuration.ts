// SPDX-License-Identifier: GPL-2.0-or-later
// Medium Configuration mode page (SSC-5 8.3.7): whether the medium is write once, and what may be overwritten then.
import { bit, u8 } from '../../bytes/layout.js';
import { modePage } from '../../spc/mode-page.js';
import type { TapeDrive } from '../tape-drive.js';

/** Some labels may not be overwritten; filemarks right before end of data may, but for the first (tables 153, 154). */
const restrictions = { wormModeLabelRestrictions: 1, wormModeFilemarksRestrictions: 2 };

export const mediumConfigurationPage = modePage<TapeDrive>()({
  code: 0x1d,
  name: 'Medium Configuration',
  ref: 'SSC-5 8.3.7',
  size: 32,
  fields: {
    WORMM: bit(2, 0),
    wormModeLabelRestrictions: u8(4),
    wormModeFilemarksRestrictions: u8(5),
  },
  defaults: restrictions,
  live: ({ mounted }) => ({ WORMM: mounted?.volume.use === 'WORM' }),
});
