// SPDX-License-Identifier: GPL-2.0-or-later
// Element Address Assignment mode page (SMC-3; SCSI-2 17.3.3.2): where the elements of each type begin.
import { u16 } from '../../bytes/layout.js';
import { modePage } from '../../spc/mode-page.js';
import type { MediaChanger } from '../changer.js';

export const elementAddressAssignmentPage = modePage<MediaChanger>()({
  code: 0x1d,
  name: 'Element Address Assignment',
  ref: 'SMC-3; SCSI-2 17.3.3.2',
  size: 20,
  fields: {
    firstMediumTransportElementAddress: u16(2),
    numberOfMediumTransportElements: u16(4),
    firstStorageElementAddress: u16(6),
    numberOfStorageElements: u16(8),
    firstImportExportElementAddress: u16(10),
    numberOfImportExportElements: u16(12),
    firstDataTransferElementAddress: u16(14),
    numberOfDataTransferElements: u16(16),
  },
  live({ elements }) {
    const { first } = elements;
    return {
      firstMediumTransportElementAddress: first['medium transport'],
      numberOfMediumTransportElements: elements.of('medium transport').length,
      firstStorageElementAddress: first.storage,
      numberOfStorageElements: elements.of('storage').length,
      firstImportExportElementAddress: first['import/export'],
      numberOfImportExportElements: elements.of('import/export').length,
      firstDataTransferElementAddress: first['data transfer'],
      numberOfDataTransferElements: elements.of('data transfer').length,
    };
  },
});
