// SPDX-License-Identifier: GPL-2.0-or-later
// Protocol Specific Logical Unit Information VPD page (SPC-5 7.7.13, SPL-4 9.2.11.1) of a SAS port.
import { bit, bits, layout, u16 } from '../../bytes/layout.js';
import { SAS } from '../mode-pages/protocol-specific.js';
import type { PrimaryDevice } from '../primary.js';
import type { VpdPage } from '../vpd-page.js';
import { onlyPort } from './scsi-ports.js';

const descriptor = layout(12, {
  relativePortIdentifier: u16(0),
  protocolIdentifier: bits(2, 3, 4),
  additionalDescriptorLength: u16(6),
  TLRControlSupported: bit(8, 0),
});

export const protocolSpecificLogicalUnitInformation: VpdPage<PrimaryDevice> = {
  code: 0x90,
  name: 'Protocol Specific Logical Unit Information',
  ref: 'SPC-5 7.7.13',
  content: () =>
    descriptor.encode({
      relativePortIdentifier: onlyPort,
      protocolIdentifier: SAS,
      additionalDescriptorLength: descriptor.size - 8,
    }),
};
