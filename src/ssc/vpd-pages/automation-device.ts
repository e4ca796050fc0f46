// SPDX-License-Identifier: GPL-2.0-or-later
// VPD pages that tell which library a drive is in, and where (SSC-5 8.5.5, 8.5.6). Empty in a drive of its own.
import { layout, u16 } from '../../bytes/layout.js';
import type { VpdPage } from '../../spc/vpd-page.js';
import type { TapeDrive } from '../tape-drive.js';

const nothing = new Uint8Array(0);

export const automationDeviceSerialNumber: VpdPage<TapeDrive> = {
  code: 0xb3,
  name: 'Automation Device Serial Number',
  ref: 'SSC-5 8.5.5',
  content: ({ automation }) => new TextEncoder().encode(automation?.serial ?? ''),
};

const address = layout(2, { elementAddress: u16(0) });

export const dataTransferDeviceElementAddress: VpdPage<TapeDrive> = {
  code: 0xb4,
  name: 'Data Transfer Device Element Address',
  ref: 'SSC-5 8.5.6',
  content: ({ automation }) => (automation ? address.encode(automation) : nothing),
};
