// SPDX-License-Identifier: GPL-2.0-or-later
// Protocol Specific Port log page of a SAS port (SPL-4 9.2.9): one phy, without an error on its link.
import { bits, concat, layout, raw, u8 } from '../../bytes/layout.js';
import type { LogPage } from '../log-page.js';
import { SAS } from '../mode-pages/protocol-specific.js';
import type { PrimaryDevice } from '../primary.js';
import { naaOf } from '../vpd-pages/device-identification.js';

/** Offsets count from the first byte after the parameter's header. */
const port = layout(4, { protocolIdentifier: bits(0, 3, 4), numberOfPhys: u8(3) });
const phy = layout(52, {
  phyIdentifier: u8(1),
  descriptorLength: u8(3),
  attachedDeviceType: bits(4, 6, 3),
  negotiatedLogicalLinkRate: bits(5, 3, 4),
  attachedInitiatorProtocols: u8(6),
  attachedTargetProtocols: u8(7),
  SASAddress: raw(8, 8),
});

/** ATTACHED DEVICE TYPE: an end device; SSP INITIATOR PORT; 6 Gbit/s (SPL-4 tables 42 and 46). */
const endDevice = 1;
const SSP = 0x08;
const sixGigabit = 0x0a;

export const protocolSpecificPortPage: LogPage<PrimaryDevice> = {
  code: 0x18,
  name: 'Protocol Specific Port',
  ref: 'SPL-4 9.2.9',
  parameters: ({ identity }) => [
    {
      code: 0x0001,
      format: 'binary list',
      value: concat(
        port.encode({ protocolIdentifier: SAS, numberOfPhys: 1 }),
        phy.encode({
          descriptorLength: phy.size - 4,
          attachedDeviceType: endDevice,
          negotiatedLogicalLinkRate: sixGigabit,
          attachedInitiatorProtocols: SSP,
          attachedTargetProtocols: 0,
          SASAddress: naaOf(identity),
        }),
      ),
    },
  ],
};
