// SPDX-License-Identifier: GPL-2.0-or-later
// TapeAlert Response log page (SPC-5 7.3.20, ADC-3): the flags in one look, which reading does not clear.
import { layout, u64 } from '../../bytes/layout.js';
import type { LogPage } from '../../spc/log-page.js';
import { tapeAlertCount } from '../tape-alerts.js';
import type { TapeDrive } from '../tape-drive.js';

const flags = layout(8, { flags: u64(0) });

/** Flag 1 is the most significant bit here; inside the drive it is the least. */
function firstFlagFirst(bits: bigint): bigint {
  let turned = 0n;
  for (let i = 0; i < tapeAlertCount; i++) turned = (turned << 1n) | ((bits >> BigInt(i)) & 1n);
  return turned;
}

export const tapeAlertResponsePage: LogPage<TapeDrive> = {
  code: 0x12,
  name: 'TapeAlert Response',
  ref: 'SPC-5 7.3.20',
  parameters: ({ alerts }) => [
    {
      code: 0x0000,
      format: 'binary list',
      value: flags.encode({ flags: firstFlagFirst(alerts.flags) }),
    },
  ],
};
