// SPDX-License-Identifier: GPL-2.0-or-later
// SCSI Ports VPD page (SPC-5 7.7.15): the one target port, by its relative identifier and its name.
import { bit, bits, concat, layout, raw, u8, u16 } from '../../bytes/layout.js';
import { SAS } from '../mode-pages/protocol-specific.js';
import type { PrimaryDevice } from '../primary.js';
import type { VpdPage } from '../vpd-page.js';
import { naaOf } from './device-identification.js';

const portDescriptor = layout(12, {
  relativePortIdentifier: u16(2),
  initiatorPortTransportIdLength: u16(6),
  targetPortDescriptorsLength: u16(10),
});

const targetPortDescriptor = layout(12, {
  protocolIdentifier: bits(0, 7, 4),
  codeSet: bits(0, 3, 4),
  PIV: bit(1, 7),
  association: bits(1, 5, 2),
  designatorType: bits(1, 3, 4),
  designatorLength: u8(3),
  designator: raw(4, 8),
});

/** SAS; a binary NAA designator of a target port (SPC-5 tables 477, 610, 611). */
const named = {
  protocolIdentifier: SAS,
  codeSet: 1,
  PIV: true,
  association: 1,
  designatorType: 3,
  designatorLength: 8,
} as const;

/** RELATIVE PORT IDENTIFIER of the only port (SAM-6 4.6.5.2). */
export const onlyPort = 1;

export const scsiPorts: VpdPage<PrimaryDevice> = {
  code: 0x88,
  name: 'SCSI Ports',
  ref: 'SPC-5 7.7.15',
  content: ({ identity }) =>
    concat(
      portDescriptor.encode({
        relativePortIdentifier: onlyPort,
        targetPortDescriptorsLength: targetPortDescriptor.size,
      }),
      targetPortDescriptor.encode({ ...named, designator: naaOf(identity) }),
    ),
};
