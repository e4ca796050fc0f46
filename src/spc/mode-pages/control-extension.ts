// SPDX-License-Identifier: GPL-2.0-or-later
// Control Extension mode page (SPC-5 7.5.11).
import { bit, bits, u8 } from '../../bytes/layout.js';
import { modePage } from '../mode-page.js';
import type { PrimaryDevice } from '../primary.js';

export const controlExtensionPage = modePage<PrimaryDevice>()({
  code: 0x0a,
  subpage: 0x01,
  name: 'Control Extension',
  ref: 'SPC-5 7.5.11',
  size: 32,
  fields: {
    TCMOS: bit(4, 2),
    SCSIP: bit(4, 1),
    IALUAE: bit(4, 0),
    initialCommandPriority: bits(5, 3, 4),
    maximumSenseDataLength: u8(6),
  },
});
