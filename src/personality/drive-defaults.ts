// SPDX-License-Identifier: GPL-2.0-or-later
// What drive products have in common; a product file states its differences.
import { without } from '../sam/command-set.js';
import { maintenance } from '../spc/index.js';
import type { InquiryTraits } from '../spc/inquiry-data.js';
import { selfTestResultsPage } from '../spc/log-pages/self-test-results.js';
import { temperaturePage } from '../spc/log-pages/temperature.js';
import { controlPage } from '../spc/mode-pages/control.js';
import { disconnectReconnectPage } from '../spc/mode-pages/disconnect-reconnect.js';
import { informationalExceptionsControlPage } from '../spc/mode-pages/informational-exceptions-control.js';
import { powerConditionPage } from '../spc/mode-pages/power-condition.js';
import { deviceIdentification } from '../spc/vpd-pages/device-identification.js';
import { unitSerialNumber } from '../spc/vpd-pages/unit-serial-number.js';
import type { DriveProduct } from '../ssc/drive-product.js';
import { ssc } from '../ssc/index.js';
import { vendorDataCompressionLogPage } from '../ssc/log-pages/data-compression.js';
import { deviceStatisticsPage } from '../ssc/log-pages/device-statistics.js';
import { readErrorCountersPage, writeErrorCountersPage } from '../ssc/log-pages/error-counters.js';
import { nonMediumErrorsPage } from '../ssc/log-pages/non-medium-errors.js';
import { performanceCharacteristicsPage } from '../ssc/log-pages/performance-characteristics.js';
import { sequentialAccessDevicePage } from '../ssc/log-pages/sequential-access-device.js';
import { tapeAlertPage } from '../ssc/log-pages/tape-alert.js';
import { tapeAlertResponsePage } from '../ssc/log-pages/tape-alert-response.js';
import { tapeCapacityPage } from '../ssc/log-pages/tape-capacity.js';
import { tapeUsagePage } from '../ssc/log-pages/tape-usage.js';
import { volumeStatisticsPage } from '../ssc/log-pages/volume-statistics.js';
import { dataCompressionPage } from '../ssc/mode-pages/data-compression.js';
import { deviceConfigurationPage } from '../ssc/mode-pages/device-configuration.js';
import { mediumConfigurationPage } from '../ssc/mode-pages/medium-configuration.js';
import { readWriteErrorRecoveryPage } from '../ssc/mode-pages/read-write-error-recovery.js';
import { mebibyte } from '../ssc/units.js';
import { manufacturerAssignedSerialNumber } from '../ssc/vpd-pages/manufacturer-assigned-serial-number.js';
import { sequentialAccessDeviceCapabilities } from '../ssc/vpd-pages/sequential-access-device-capabilities.js';
import { tapeAlertSupportedFlags } from '../ssc/vpd-pages/tape-alert-supported-flags.js';

/** Drives pad their serial number with blanks to this length. */
const serialLength = 10;

/** SAM-3, SPC-3, SSC-2, none of them with a version claimed (SPC-5 table 151). */
const versionDescriptors = [0x0300, 0x0960, 0x0200];

export const driveInquiry: InquiryTraits = {
  deviceType: 'sequential-access',
  version: 5,
  length: 64,
  ADDR16: true,
  versionDescriptors,
};

/** VPD pages every drive has. */
export const identificationPages = [
  unitSerialNumber(serialLength),
  deviceIdentification(serialLength),
];

/** What drives of SCSI-2 answer: no MAINTENANCE IN and OUT. */
export const scsi2Commands = without(ssc, ...maintenance);

/** Everything a product need not say. */
export const driveDefaults = {
  inquiry: driveInquiry,
  WORM: true,
  maximumPartitions: 1,
  earlyWarning: 2 * mebibyte,
  programmableEarlyWarning: false,
  appendOnlyMode: false,
  protectionMethods: [],
  /* The widest TRANSFER LENGTH of READ(6) and WRITE(6). */
  maximumBlockLength: 0xffffff,
  mediumTypeCode: () => 0,
  dataSetBytes: 1_000_000,
  commands: ssc,
  vpdPages: [
    ...identificationPages,
    sequentialAccessDeviceCapabilities,
    manufacturerAssignedSerialNumber(serialLength),
    tapeAlertSupportedFlags,
  ],
  modePages: [
    readWriteErrorRecoveryPage,
    disconnectReconnectPage,
    controlPage,
    dataCompressionPage,
    deviceConfigurationPage,
    powerConditionPage,
    informationalExceptionsControlPage,
    mediumConfigurationPage,
  ],
  logPages: [
    writeErrorCountersPage,
    readErrorCountersPage,
    nonMediumErrorsPage,
    sequentialAccessDevicePage,
    temperaturePage,
    selfTestResultsPage,
    tapeAlertResponsePage,
    deviceStatisticsPage,
    volumeStatisticsPage,
    tapeAlertPage,
    tapeUsagePage,
    tapeCapacityPage,
    vendorDataCompressionLogPage,
    performanceCharacteristicsPage,
  ],
} satisfies Partial<DriveProduct>;
