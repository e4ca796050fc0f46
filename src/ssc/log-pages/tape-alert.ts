// SPDX-License-Identifier: GPL-2.0-or-later
// TapeAlert log page (SSC-5 8.2.5). Reading it clears the flags.
import type { LogPage } from '../../spc/log-page.js';
import { tapeAlertCount } from '../tape-alerts.js';
import type { TapeDrive } from '../tape-drive.js';

export const tapeAlertPage: LogPage<TapeDrive> = {
  code: 0x2e,
  name: 'TapeAlert',
  ref: 'SSC-5 8.2.5',
  parameters: ({ alerts }) =>
    Array.from({ length: tapeAlertCount }, (_, i) => ({
      code: i + 1,
      format: 'bounded counter',
      DU: true,
      DS: true,
      value: Uint8Array.of(alerts.isSet(i + 1) ? 1 : 0),
    })),
  wasRead({ alerts }) {
    alerts.clear();
  },
};
