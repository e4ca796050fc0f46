// SPDX-License-Identifier: GPL-2.0-or-later
// Protocol Specific Logical Unit and Port mode pages (SPC-5 7.5.16, 7.5.15; SPL): what a SAS port says.
import { bit, bits, u16 } from '../../bytes/layout.js';
import { modePage } from '../mode-page.js';
import type { PrimaryDevice } from '../primary.js';

/** PROTOCOL IDENTIFIER of SAS (SPC-5 table 477): the newest transport the pseudo HBA can be taken for. */
export const SAS = 6;
/** Milliseconds. */
const nexusLossTime = 2000;

export const protocolSpecificLogicalUnitPage = modePage<PrimaryDevice>()({
  code: 0x18,
  name: 'Protocol Specific Logical Unit',
  ref: 'SPC-5 7.5.16',
  size: 8,
  fields: { TLRControl: bits(2, 6, 2), transportLayerRetries: bit(2, 4), protocol: bits(2, 3, 4) },
  defaults: { protocol: SAS },
});

export const protocolSpecificPortModePage = modePage<PrimaryDevice>()({
  code: 0x19,
  name: 'Protocol Specific Port',
  ref: 'SPC-5 7.5.15',
  size: 8,
  fields: {
    continueAWT: bit(2, 6),
    broadcastAsynchronousEvent: bit(2, 5),
    readyLEDMeaning: bit(2, 4),
    protocol: bits(2, 3, 4),
    I_T_nexusLossTime: u16(4),
    initiatorResponseTimeout: u16(6),
  },
  defaults: { protocol: SAS, I_T_nexusLossTime: nexusLossTime },
});
