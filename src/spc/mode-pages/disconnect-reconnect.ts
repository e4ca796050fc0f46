// SPDX-License-Identifier: GPL-2.0-or-later
// Disconnect-Reconnect mode page (SPC-5 7.5.12).
import { u8, u16 } from '../../bytes/layout.js';
import { modePage } from '../mode-page.js';
import type { PrimaryDevice } from '../primary.js';

export const disconnectReconnectPage = modePage<PrimaryDevice>()({
  code: 0x02,
  name: 'Disconnect-Reconnect',
  ref: 'SPC-5 7.5.12',
  size: 16,
  fields: {
    bufferFullRatio: u8(2),
    bufferEmptyRatio: u8(3),
    busInactivityLimit: u16(4),
    disconnectTimeLimit: u16(6),
    connectTimeLimit: u16(8),
    maximumBurstSize: u16(10),
    firstBurstSize: u16(14),
  },
  defaults: { bufferFullRatio: 50, bufferEmptyRatio: 50, maximumBurstSize: 1024 },
});
