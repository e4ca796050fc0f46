// SPDX-License-Identifier: GPL-2.0-or-later
// SCSI Ports VPD page (SPC-5 7.7.15): the one target port, by its relative identifier and its name.
import { concat, layout, u16 } from '../../bytes/layout.js';
import { designator } from '../designator.js';
import type { PrimaryDevice } from '../primary.js';
import type { VpdPage } from '../vpd-page.js';
import { naaOf } from './device-identification.js';

const portDescriptor = layout(12, {
  relativePortIdentifier: u16(2),
  initiatorPortTransportIdLength: u16(6),
  targetPortDescriptorsLength: u16(10),
});

/** RELATIVE PORT IDENTIFIER of the only port (SAM-6 4.6.5.2). */
export const onlyPort = 1;

export const scsiPorts: VpdPage<PrimaryDevice> = {
  code: 0x88,
  name: 'SCSI Ports',
  ref: 'SPC-5 7.7.15',
  content({ identity }) {
    const name = designator('binary', 'NAA', naaOf(identity), 'target port');
    const port = portDescriptor.encode({
      relativePortIdentifier: onlyPort,
      targetPortDescriptorsLength: name.length,
    });
    return concat(port, name);
  },
};
