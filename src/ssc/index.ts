// SPDX-License-Identifier: GPL-2.0-or-later
// The commands of a tape drive.
import type { Command } from '../sam/command.js';
import { spc } from '../spc/index.js';
import { erase6 } from './erase.js';
import { loadUnload } from './load-unload.js';
import { locate10, locate16 } from './locate.js';
import { read6 } from './read.js';
import { readAttribute } from './read-attribute.js';
import { readBlockLimits } from './read-block-limits.js';
import {
  readPosition,
  readPositionExtended,
  readPositionLong,
  readPositionVendorSpecific,
} from './read-position.js';
import { rewind } from './rewind.js';
import { space6, space16 } from './space.js';
import type { TapeDrive } from './tape-drive.js';
import { write6 } from './write.js';
import { writeAttribute } from './write-attribute.js';
import { writeFilemarks6 } from './write-filemarks.js';

export const ssc: readonly Command<TapeDrive>[] = [
  ...spc,
  rewind,
  readBlockLimits,
  read6,
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
