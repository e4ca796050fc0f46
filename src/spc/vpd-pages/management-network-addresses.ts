// SPDX-License-Identifier: GPL-2.0-or-later
// Management Network Addresses VPD page (SPC-5 7.7.10): the Ethernet port of the drive is not connected.
import type { PrimaryDevice } from '../primary.js';
import type { VpdPage } from '../vpd-page.js';

export const managementNetworkAddresses: VpdPage<PrimaryDevice> = {
  code: 0x85,
  name: 'Management Network Addresses',
  ref: 'SPC-5 7.7.10',
  content: () => new Uint8Array(0),
};
