// SPDX-License-Identifier: GPL-2.0-or-later
// TapeAlert Supported Flags VPD page (SSC-5 8.6.4).
import type { VpdPage } from '../../spc/vpd-page.js';
import { tapeAlertCount } from '../tape-alerts.js';
import type { TapeDrive } from '../tape-drive.js';

/** All of them: an administrator can raise any flag. */
export const tapeAlertSupportedFlags: VpdPage<TapeDrive> = {
  code: 0xb2,
  name: 'TapeAlert Supported Flags',
  ref: 'SSC-5 8.6.4',
  content: () => new Uint8Array(tapeAlertCount / 8).fill(0xff),
};
