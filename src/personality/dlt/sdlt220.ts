// SPDX-License-Identifier: GPL-2.0-or-later
// Quantum SDLT 220.
import { controlExtensionPage } from '../../spc/mode-pages/control-extension.js';
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dlt, reads, sdlt, writes } from '../densities.js';
import { driveDefaults } from '../drive-defaults.js';
import { dltInquiry, sdltVpdPages } from './dlt.js';

export const sdlt220: DriveProduct = {
  ...driveDefaults,
  vendor: 'QUANTUM',
  products: ['SuperDLT1', 'SDLT 220', 'SDLT220'],
  description: 'Quantum SDLT 220',
  inquiry: dltInquiry(0xb0, 5),
  compressionDensities: [0x88, 0x89, 0x90, 0x91],
  densities: [reads(dlt['DLT4 40'], 'DLT4'), writes(sdlt.SDLT220, 'SDLT1', 'SDLT220')],
  cleanedBy: ['SDLT'],
  spacesSequentialFilemarks: true,
  WORM: false,
  modePages: [...driveDefaults.modePages, controlExtensionPage],
  vpdPages: sdltVpdPages,
  timing: {
    loadSeconds: 40,
    unloadSeconds: 12,
    tapeMetres: 549,
    wraps: 56,
    locateSpeed: 6,
    nativeRate: 11,
  },
};
