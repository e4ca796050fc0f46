// SPDX-License-Identifier: GPL-2.0-or-later
// Vendor-specific mode page of Sony's AIT drives.
import { u8 } from '../../bytes/layout.js';
import { modePage } from '../../spc/mode-page.js';
import type { TapeDrive } from '../../ssc/tape-drive.js';

export const aitDeviceConfigurationPage = modePage<TapeDrive>()({
  code: 0x31,
  name: 'AIT Device Configuration',
  ref: 'Sony AIT drives, mode page 31h',
  size: 8,
  fields: { recognition: u8(2), autoEject: u8(3), options: u8(4) },
  defaults: { recognition: 0xf0, autoEject: 0x0a, options: 0x40 },
});
