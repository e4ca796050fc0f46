// SPDX-License-Identifier: GPL-2.0-or-later
// Sequential-access Device Capabilities VPD page (SSC-5 8.6.2).
import { bit, layout } from '../../bytes/layout.js';
import type { VpdPage } from '../../spc/vpd-page.js';
import type { TapeDrive } from '../tape-drive.js';

/** Bytes after the page header. */
const content = layout(4, { TSMC: bit(0, 1), WORM: bit(0, 0) });

export const sequentialAccessDeviceCapabilities: VpdPage<TapeDrive> = {
  code: 0xb0,
  name: 'Sequential-access Device Capabilities',
  ref: 'SSC-5 8.6.2',
  content: ({ product }) => content.encode({ WORM: product.WORM }),
};
