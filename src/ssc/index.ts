// SPDX-License-Identifier: GPL-2.0-or-later
// The commands of a tape drive.
import type { Command } from '../sam/command.js';
import { spc } from '../spc/index.js';
import { readEndOfWrapPosition } from './access-order/read-end-of-wrap-position.js';
import {
  generateRecommendedAccessOrder,
  receiveRecommendedAccessOrder,
} from './access-order/recommended-access-order.js';
import { allowOverwrite } from './allow-overwrite.js';
import { securityProtocolIn } from './encryption/security-protocol-in.js';
import { securityProtocolOut } from './encryption/security-protocol-out.js';
import { erase6, erase16 } from './erase.js';
import { formatMedium, setCapacity } from './format-medium.js';
import { loadDisplay } from './load-display.js';
import { loadUnload } from './load-unload.js';
import { locate10, locate16 } from './locate.js';
import { read6, read16 } from './read.js';
import { readAttribute } from './read-attribute.js';
import { readBlockLimits } from './read-block-limits.js';
import { readMediaSerialNumber } from './read-media-serial-number.js';
import {
  readPosition,
  readPositionExtended,
  readPositionLong,
  readPositionVendorSpecific,
} from './read-position.js';
import { readReverse6, readReverse16 } from './read-reverse.js';
import { recoverBufferedData } from './recover-buffered-data.js';
import { reportDensitySupport } from './report-density-support.js';
import { rewind } from './rewind.js';
import { space6, space16 } from './space.js';
import type { TapeDrive } from './tape-drive.js';
import { verify6, verify16 } from './verify.js';
import { write6, write16 } from './write.js';
import { writeAttribute } from './write-attribute.js';
import { writeFilemarks6, writeFilemarks16 } from './write-filemarks.js';

export const ssc: readonly Command<TapeDrive>[] = [
  ...spc,
  rewind,
  readBlockLimits,
  readMediaSerialNumber,
  reportDensitySupport,
  formatMedium,
  setCapacity,
  read6,
  verify6,
  write6,
  writeFilemarks6,
  space6,
  erase6,
  loadUnload,
  locate10,
  readPosition,
  readPositionVendorSpecific,
  readPositionLong,
  readPositionExtended,
  space16,
  locate16,
  ...readAttribute,
  writeAttribute,
];

/** Of drives that can be told to append only. */
export const appendOnlyMode: readonly Command<TapeDrive>[] = [allowOverwrite];

/** Of drives that encrypt. */
export const encryptionCommands: readonly Command<TapeDrive>[] = [
  securityProtocolIn,
  securityProtocolOut,
];

/** Of drives that recommend an order of access (LTO-9 full height, TS11xx). */
export const accessOrder: readonly Command<TapeDrive>[] = [
  generateRecommendedAccessOrder,
  receiveRecommendedAccessOrder,
];

/** Of LTO drives from generation 7 on, and of IBM's enterprise drives from TS1140 on. */
export const endsOfWraps: readonly Command<TapeDrive>[] = [readEndOfWrapPosition];

/** Of drives that read in both directions. */
export const reverse: readonly Command<TapeDrive>[] = [readReverse6];

/** Of drives with a front panel (StorageTek, IBM enterprise). */
export const frontPanel: readonly Command<TapeDrive>[] = [loadDisplay];

/** Of drives that give back what they could not write. */
export const bufferRecovery: readonly Command<TapeDrive>[] = [recoverBufferedData];

/** Of drives with the explicit address command set (SSC-5 4.2.18). */
export const explicitAddresses: readonly Command<TapeDrive>[] = [
  read16,
  readReverse16,
  write16,
  writeFilemarks16,
  verify16,
  erase16,
];
