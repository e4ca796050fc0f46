// SPDX-License-Identifier: GPL-2.0-or-later
// The commands of a media changer.
import { spc } from '../spc/index.js';
import { exchangeMedium } from './exchange-medium.js';
import {
  initializeElementStatus,
  initializeElementStatusWithRange,
  initializeElementStatusWithRangeE7,
} from './initialize-element-status.js';
import { moveMedium } from './move-medium.js';
import { openCloseImportExportElement } from './open-close-import-export-element.js';
import { positionToElement } from './position-to-element.js';
import { readElementStatus } from './read-element-status.js';
import { rezeroUnit } from './rezero-unit.js';
import { requestVolumeElementAddress, sendVolumeTag } from './volume-tags.js';

export const smc = [
  ...spc,
  rezeroUnit,
  initializeElementStatus,
  openCloseImportExportElement,
  positionToElement,
  initializeElementStatusWithRange,
  moveMedium,
  exchangeMedium,
  requestVolumeElementAddress,
  sendVolumeTag,
  readElementStatus,
  initializeElementStatusWithRangeE7,
] as const;
