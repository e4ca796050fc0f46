// SPDX-License-Identifier: GPL-2.0-or-later
// IBM Ultrium, LTO generation 6: the Device Configuration page can be saved (GA32-0928, FCR 3227).
import type { DriveProduct } from '../../ssc/drive-product.js';
import { deviceConfigurationPage } from '../../ssc/mode-pages/device-configuration.js';
import { replacePage } from '../replace-page.js';
import { ibmLtoTimeouts } from '../timeouts.js';
import { lto6 } from './generations.js';
import { ibmNames } from './ibm.js';
import { ibmLto5 } from './ibm-5.js';

export const ibmLto6: DriveProduct = {
  ...ibmLto5,
  ...lto6,
  ...ibmNames(6),
  modePages: replacePage(
    ibmLto5.modePages,
    deviceConfigurationPage,
    deviceConfigurationPage.saved(),
  ),
  timeouts: ibmLtoTimeouts[6],
};
