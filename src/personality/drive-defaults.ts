// SPDX-License-Identifier: GPL-2.0-or-later
// What drive products have in common; a product file states its differences.
import type { InquiryTraits } from '../spc/inquiry-data.js';
import { controlPage } from '../spc/mode-pages/control.js';
import { disconnectReconnectPage } from '../spc/mode-pages/disconnect-reconnect.js';
import { informationalExceptionsControlPage } from '../spc/mode-pages/informational-exceptions-control.js';
import { deviceIdentification } from '../spc/vpd-pages/device-identification.js';
import { unitSerialNumber } from '../spc/vpd-pages/unit-serial-number.js';
import type { DriveProduct } from '../ssc/drive-product.js';
import { ssc } from '../ssc/index.js';
import { sequentialAccessDevicePage } from '../ssc/log-pages/sequential-access-device.js';
import { tapeAlertPage } from '../ssc/log-pages/tape-alert.js';
import { dataCompressionPage } from '../ssc/mode-pages/data-compression.js';
import { deviceConfigurationPage } from '../ssc/mode-pages/device-configuration.js';

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

const megabyte = 1 << 20;

/** Everything a product need not say. */
export const driveDefaults = {
  inquiry: driveInquiry,
  WORM: true,
  maximumPartitions: 1,
  earlyWarning: 2 * megabyte,
  programmableEarlyWarning: false,
  appendOnlyMode: false,
  protectionMethods: [],
  /* The widest TRANSFER LENGTH of READ(6) and WRITE(6). */
  maximumBlockLength: 0xffffff,
  mediumTypeCode: () => 0,
  commands: ssc,
  vpdPages: [unitSerialNumber(serialLength), deviceIdentification(serialLength)],
  modePages: [
    disconnectReconnectPage,
    controlPage,
    dataCompressionPage,
    deviceConfigurationPage,
    informationalExceptionsControlPage,
  ],
  logPages: [sequentialAccessDevicePage, tapeAlertPage],
} satisfies Partial<DriveProduct>;
