// SPDX-License-Identifier: GPL-2.0-or-later
// The pages of LTO drives, whoever built them, by the generation they came with.
import { powerConditionTransitionsPage } from '../../spc/log-pages/power-condition-transitions.js';
import { protocolSpecificPortPage } from '../../spc/log-pages/protocol-specific-port.js';
import { controlExtensionPage } from '../../spc/mode-pages/control-extension.js';
import {
  protocolSpecificLogicalUnitPage,
  protocolSpecificPortModePage,
} from '../../spc/mode-pages/protocol-specific.js';
import { extendedInquiryData } from '../../spc/vpd-pages/extended-inquiry-data.js';
import { modePagePolicy } from '../../spc/vpd-pages/mode-page-policy.js';
import { protocolSpecificLogicalUnitInformation } from '../../spc/vpd-pages/protocol-specific-logical-unit-information.js';
import { scsiPorts } from '../../spc/vpd-pages/scsi-ports.js';
import type { DriveProduct } from '../../ssc/drive-product.js';
import { dataCompressionLogPage } from '../../ssc/log-pages/data-compression.js';
import { dtDeviceStatusPage } from '../../ssc/log-pages/dt-device-status.js';
import { requestedRecoveryPage } from '../../ssc/log-pages/requested-recovery.js';
import { tapeDiagnosticDataPage } from '../../ssc/log-pages/tape-diagnostic-data.js';
import type { TapeDrive } from '../../ssc/tape-drive.js';
import {
  automationDeviceSerialNumber,
  dataTransferDeviceElementAddress,
} from '../../ssc/vpd-pages/automation-device.js';
import { driveDefaults } from '../drive-defaults.js';
import { encryptionModePage, readWriteControlPage, vendorSpecificPage } from './ibm-mode-pages.js';

/** The Extended INQUIRY Data of drives that may protect logical blocks. */
export const protectionInquiryData = extendedInquiryData<TapeDrive>(
  ({ product }) => product.protectionMethods.length > 0,
);

export const ultrium = {
  ...driveDefaults,
  vpdPages: [...driveDefaults.vpdPages, protectionInquiryData],
} satisfies Partial<DriveProduct>;

type Pages = Pick<DriveProduct, 'vpdPages' | 'modePages' | 'logPages'>;

/** From LTO-3 on: what a library polls. */
export const lto3Pages = ({ vpdPages, modePages, logPages }: Pages): Pages => ({
  vpdPages,
  modePages: [...modePages, readWriteControlPage],
  logPages: [...logPages, dtDeviceStatusPage],
});

/** From LTO-4 on: encryption. */
export const lto4Pages = ({ vpdPages, modePages, logPages }: Pages): Pages => ({
  vpdPages,
  modePages: [...modePages, controlExtensionPage, vendorSpecificPage, encryptionModePage],
  logPages,
});

/** From LTO-5 on: the pages of SPC-4 and SSC-4. */
export const lto5Pages = ({ vpdPages, modePages, logPages }: Pages): Pages => ({
  vpdPages: [...vpdPages, modePagePolicy, scsiPorts, protocolSpecificLogicalUnitInformation],
  modePages: [...modePages, protocolSpecificLogicalUnitPage, protocolSpecificPortModePage],
  logPages: [
    ...logPages,
    requestedRecoveryPage,
    tapeDiagnosticDataPage,
    protocolSpecificPortPage,
    powerConditionTransitionsPage,
    dataCompressionLogPage,
  ],
});

/** From LTO-7 on: which library the drive is in. */
export const lto7VpdPages = ({ vpdPages }: Pick<Pages, 'vpdPages'>): Pages['vpdPages'] => [
  ...vpdPages,
  automationDeviceSerialNumber,
  dataTransferDeviceElementAddress,
];
